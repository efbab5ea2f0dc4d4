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

    /// <summary>The .NET type that PureHDF writes as this one.</summary>
    public static Type ElementOf(ColumnType type) => type switch
    {
        ColumnType.Bool => typeof(Boolean),
        ColumnType.Int8 => typeof(sbyte),
        ColumnType.UInt8 => typeof(byte),
        ColumnType.Int16 => typeof(short),
        ColumnType.UInt16 => typeof(ushort),
        ColumnType.Int32 => typeof(int),
        ColumnType.UInt32 => typeof(uint),
        ColumnType.Int64 => typeof(long),
        ColumnType.UInt64 => typeof(ulong),
        ColumnType.Float32 => typeof(float),
        ColumnType.Float64 => typeof(double),
        _ => throw new Defect($"no record holds {type}"),
    };

    // PureHDF has no chunks of a dataset without rows.
    private static H5Dataset<T[]> Of<T>(long rows, int chunkRows, PackedChunks chunks, bool isShuffled = true) => rows == 0
        ? new H5Dataset<T[]>([0UL])
        : new H5Dataset<T[]>(
            [(ulong)rows],
            [(uint)chunkRows],
            new H5DatasetCreation(chunks, isShuffled ? [Hdf5Filter.Shuffle, Hdf5Filter.Deflate] : [Hdf5Filter.Deflate]));

    // What h5py reads as bool; the names are those that stand in the file. PureHDF 2.2.0 fails on enums of int8, which h5py makes.
    public enum Boolean : byte
    {
        FALSE = 0,
        TRUE = 1,
    }
}
