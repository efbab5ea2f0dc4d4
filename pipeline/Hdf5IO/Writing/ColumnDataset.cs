using PureHDF;
using PureHDF.VOL.Native;
using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Hdf5IO;

/// <summary>A column as a dataset of PureHDF's: type, length, chunks, shuffle and deflate.</summary>
internal static class ColumnDataset
{
    public static H5Dataset Of(ColumnType type, long rows, int chunkRows, PackedChunks chunks) => type switch
    {
        ColumnType.Bool => Of<Boolean>(rows, chunkRows, chunks, isShuffled: false),
        ColumnType.Int8 => Of<sbyte>(rows, chunkRows, chunks, isShuffled: false),
        ColumnType.UInt8 => Of<byte>(rows, chunkRows, chunks, isShuffled: false),
        ColumnType.Int16 => Of<short>(rows, chunkRows, chunks),
        ColumnType.UInt16 => Of<ushort>(rows, chunkRows, chunks),
        ColumnType.Int32 => Of<int>(rows, chunkRows, chunks),
        ColumnType.UInt32 => Of<uint>(rows, chunkRows, chunks),
        ColumnType.Int64 => Of<long>(rows, chunkRows, chunks),
        ColumnType.UInt64 => Of<ulong>(rows, chunkRows, chunks),
        ColumnType.Float32 => Of<float>(rows, chunkRows, chunks),
        ColumnType.Float64 => Of<double>(rows, chunkRows, chunks),
        _ => throw new Defect($"no dataset holds {type}"),
    };

    // PureHDF has no chunks of a dataset without rows.
    private static H5Dataset<T[]> Of<T>(long rows, int chunkRows, PackedChunks chunks, bool isShuffled = true) => rows == 0
        ? new H5Dataset<T[]>([0UL])
        : new H5Dataset<T[]>(
            [(ulong)rows],
            [(uint)chunkRows],
            new H5DatasetCreation(chunks, isShuffled ? [Hdf5Filter.Shuffle, Hdf5Filter.Deflate] : [Hdf5Filter.Deflate]));

    // What h5py reads as bool; the names are those that stand in the file. PureHDF 2.2.0 fails on enums of int8, which h5py makes.
    private enum Boolean : byte
    {
        FALSE = 0,
        TRUE = 1,
    }
}
