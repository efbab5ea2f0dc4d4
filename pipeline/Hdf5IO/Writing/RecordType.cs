using System.Reflection;
using System.Reflection.Emit;
using PureHDF;
using PureHDF.VOL.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// Records as PureHDF wants them: a structure with a field for each member, one after the other without gaps. It takes the type in the
/// file from a .NET type, and which members there are only a campaign knows; so the type is made when it is needed.
/// </summary>
internal static class RecordType
{
    private static readonly Lazy<ModuleBuilder> Module = new(() =>
        AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Records"), AssemblyBuilderAccess.Run).DefineDynamicModule("Records"));

    /// <summary>A data set of such records, on one axis or with slots in each row.</summary>
    public static H5Dataset Of(Hdf5Record record, (long Rows, int Slots) shape, int chunkRows, PackedChunks chunks)
    {
        ulong[] axes = shape.Slots == 0 ? [(ulong)shape.Rows] : [(ulong)shape.Rows, (ulong)shape.Slots];
        uint[] chunk = shape.Slots == 0 ? [(uint)chunkRows] : [(uint)chunkRows, (uint)shape.Slots];
        Type dataset = typeof(H5Dataset<>).MakeGenericType(Made(record).MakeArrayType());
        // PureHDF has no chunks of a data set without rows.
        bool isEmpty = shape.Rows == 0;
        var creation = new H5DatasetCreation(chunks, [Hdf5Filter.Shuffle, Hdf5Filter.Deflate]);
        return (H5Dataset)Activator.CreateInstance(
            dataset, axes, isEmpty ? null : chunk, isEmpty ? default(H5DatasetCreation) : creation, null)!;
    }

    private static Type Made(Hdf5Record record)
    {
        lock (Module)
        {
            TypeBuilder type = Module.Value.DefineType(
                $"Record{Module.Value.GetTypes().Length}",
                TypeAttributes.Public | TypeAttributes.SequentialLayout | TypeAttributes.Sealed,
                typeof(ValueType),
                PackingSize.Size1,
                record.Size);
            foreach (Hdf5RecordField field in record.Fields)
                type.DefineField(field.Name, ColumnDataset.ElementOf(field.Type), FieldAttributes.Public);
            return type.CreateType();
        }
    }
}
