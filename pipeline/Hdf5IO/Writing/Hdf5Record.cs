using System.Runtime.InteropServices;
using TauPipeline.Columns;

namespace TauPipeline.Hdf5IO;

/// <summary>A member of records that are written.</summary>
public sealed record Hdf5RecordField(string Name, ColumnType Type);

/// <summary>Records to be written: members one after the other without gaps, as h5py's packed types.</summary>
public sealed class Hdf5Record
{
    private readonly int[] _offsets;

    /// <summary>Records of these members.</summary>
    public Hdf5Record(IReadOnlyList<Hdf5RecordField> fields)
    {
        Fields = fields;
        _offsets = new int[fields.Count];
        for (int i = 0; i < _offsets.Length; i++)
        {
            _offsets[i] = Size;
            Size += ColumnTypes.Size(fields[i].Type);
        }
    }

    /// <summary>The members, in their order.</summary>
    public IReadOnlyList<Hdf5RecordField> Fields { get; }

    /// <summary>Bytes of a record.</summary>
    public int Size { get; }

    /// <summary>Puts the values of one member, given as bytes in memory order, into consecutive records.</summary>
    public void Put(int field, ReadOnlySpan<byte> values, Span<byte> records)
    {
        int size = ColumnTypes.Size(Fields[field].Type);
        switch (size)
        {
            case 1: Put<byte>(field, values, records); break;
            case 2: Put<ushort>(field, values, records); break;
            case 4: Put<uint>(field, values, records); break;
            default: Put<ulong>(field, values, records); break;
        }
    }

    private void Put<T>(int field, ReadOnlySpan<byte> bytes, Span<byte> records) where T : unmanaged
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(bytes);
        for (int i = 0, to = _offsets[field]; i < values.Length; i++, to += Size) MemoryMarshal.Write(records[to..], values[i]);
    }
}
