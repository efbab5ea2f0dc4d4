using System.Runtime.InteropServices;
using TauPipeline.Columns;

namespace TauPipeline.Hdf5IO;

/// <summary>Takes one field out of records as they lie in the file, and makes a column of it.</summary>
internal static class RecordColumns
{
    public static Column Of(ReadOnlySpan<byte> records, int recordSize, Hdf5Field field, Hdf5Place at) => field.Type.Column switch
    {
        ColumnType.Bool => Bools(records, recordSize, field),
        ColumnType.Int8 => Numbers<sbyte>(records, recordSize, field),
        ColumnType.UInt8 => Numbers<byte>(records, recordSize, field),
        ColumnType.Int16 => Numbers<short>(records, recordSize, field),
        ColumnType.UInt16 => Numbers<ushort>(records, recordSize, field),
        ColumnType.Int32 => Numbers<int>(records, recordSize, field),
        ColumnType.UInt32 => Numbers<uint>(records, recordSize, field),
        ColumnType.Int64 => Numbers<long>(records, recordSize, field),
        ColumnType.UInt64 => Numbers<ulong>(records, recordSize, field),
        ColumnType.Float32 when field.Type.ValueSize == 2 => Halves(records, recordSize, field),
        ColumnType.Float32 => Numbers<float>(records, recordSize, field),
        ColumnType.Float64 => Numbers<double>(records, recordSize, field),
        _ => throw Hdf5Errors.OtherType(at, $"numbers in '{field.Name}'", field.Type.Name),
    };

    private static Column<T> Numbers<T>(ReadOnlySpan<byte> records, int recordSize, Hdf5Field field) where T : unmanaged =>
        new(field.Name, Gather<T>(records, recordSize, field));

    // Any other byte than 0 is true: a .NET bool must be 0 or 1.
    private static Column<bool> Bools(ReadOnlySpan<byte> records, int recordSize, Hdf5Field field) =>
        new(field.Name, Array.ConvertAll(Gather<byte>(records, recordSize, field), value => value != 0));

    private static Column<float> Halves(ReadOnlySpan<byte> records, int recordSize, Hdf5Field field) =>
        new(field.Name, Array.ConvertAll(Gather<Half>(records, recordSize, field), value => (float)value));

    private static T[] Gather<T>(ReadOnlySpan<byte> records, int recordSize, Hdf5Field field) where T : unmanaged
    {
        T[] values = GC.AllocateUninitializedArray<T>(records.Length / recordSize * field.Type.Values);
        if (field.Type.Values == 1 && !field.Type.IsBigEndian)
        {
            for (int i = 0, from = field.Offset; i < values.Length; i++, from += recordSize)
                values[i] = MemoryMarshal.Read<T>(records[from..]);
            return values;
        }
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        int size = field.Type.Size, one = field.Type.ValueSize;
        for (int from = field.Offset, to = 0; to < bytes.Length; from += recordSize, to += size)
            records.Slice(from, size).CopyTo(bytes.Slice(to, size));
        if (field.Type.IsBigEndian)
            for (int at = 0; at < bytes.Length; at += one) bytes.Slice(at, one).Reverse();
        return values;
    }
}
