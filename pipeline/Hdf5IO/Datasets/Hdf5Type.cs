using System.Runtime.InteropServices;
using TauPipeline.Columns;
using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>A field of a compound: its name, its place in the record, its type.</summary>
public sealed record Hdf5Field(string Name, int Offset, Hdf5Type Type);

/// <summary>The type of one element of a dataset, as it lies in the file.</summary>
/// <param name="Name">As NumPy writes it: <c>float32</c>, <c>bool</c>, <c>string</c>; the fields of a compound in braces.</param>
/// <param name="Size">Bytes of one element.</param>
public sealed record Hdf5Type(string Name, int Size)
{
    /// <summary>The column type that holds such elements (float16 as float32, an enum as its integers), or <see langword="null"/> if none does.</summary>
    public ColumnType? Column { get; init; }

    /// <summary>Whether its numbers lie with the highest byte first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>The fields of a compound; none for all others.</summary>
    public IReadOnlyList<Hdf5Field> Fields { get; init; } = [];

    /// <summary>Whether elements contain nothing but themselves: no variable-length parts, no references.</summary>
    public bool IsPlain { get; init; } = true;

    /// <summary>Whether the bytes in the file are those of the column type in memory.</summary>
    internal bool IsAsInMemory => Column is { } column && !IsBigEndian && Size == ColumnTypes.Size(column);

    // H5T_class_t
    private const int Integer = 0, Float = 1, Text = 3, Bits = 4, Opaque = 5, Compound = 6, Enumeration = 8;

    /// <summary>Describes a type that HDF5 has open.</summary>
    internal static Hdf5Type Of(Hdf5Id id, Hdf5Place at)
    {
        int size = (int)at.Check(H5.H5Tget_size(id));
        bool big = H5.H5Tget_order(id) == 1;
        return (int)at.Check(H5.H5Tget_class(id)) switch
        {
            Integer => Number((H5.H5Tget_sign(id), size) switch
            {
                (0, 1) => ColumnType.UInt8,
                (0, 2) => ColumnType.UInt16,
                (0, 4) => ColumnType.UInt32,
                (0, 8) => ColumnType.UInt64,
                (1, 1) => ColumnType.Int8,
                (1, 2) => ColumnType.Int16,
                (1, 4) => ColumnType.Int32,
                (1, 8) => ColumnType.Int64,
                _ => null,
            }, "integer", size, big),
            Float => size == 2
                ? new Hdf5Type("float16", 2) { Column = ColumnType.Float32, IsBigEndian = big }
                : Number(size switch { 4 => ColumnType.Float32, 8 => ColumnType.Float64, _ => null }, "float", size, big),
            Text => new Hdf5Type("string", size) { IsPlain = H5.H5Tis_variable_str(id) <= 0 },
            Enumeration => OfEnum(id, at),
            Compound => OfCompound(id, at, size),
            Bits or Opaque => new Hdf5Type("bytes", size),
            _ => new Hdf5Type("other", size) { IsPlain = false },
        };
    }

    private static Hdf5Type Number(ColumnType? column, string kind, int size, bool big) =>
        new(column is { } known ? ColumnTypes.Name(known) : $"{kind} of {size} bytes", size) { Column = column, IsBigEndian = big };

    // h5py's bool: an enum of int8 with FALSE = 0 and TRUE = 1.
    private static Hdf5Type OfEnum(Hdf5Id id, Hdf5Place at)
    {
        using Hdf5Id basis = at.Own(H5.H5Tget_super(id));
        Hdf5Type integers = Of(basis, at);
        bool isBool = integers.Size == 1 && H5.H5Tget_nmembers(id) == 2 && MemberName(id, 0, at) == "FALSE" && MemberName(id, 1, at) == "TRUE";
        return isBool ? new Hdf5Type("bool", 1) { Column = ColumnType.Bool } : integers;
    }

    private static Hdf5Type OfCompound(Hdf5Id id, Hdf5Place at, int size)
    {
        var fields = new Hdf5Field[at.Check(H5.H5Tget_nmembers(id))];
        for (uint i = 0; i < fields.Length; i++)
        {
            using Hdf5Id member = at.Own(H5.H5Tget_member_type(id, i));
            fields[i] = new Hdf5Field(MemberName(id, i, at), (int)H5.H5Tget_member_offset(id, i), Of(member, at));
        }
        string names = string.Join(", ", fields.Select(field => $"{field.Name}: {field.Type.Name}"));
        return new Hdf5Type($"{{{names}}}", size) { Fields = fields, IsPlain = fields.All(field => field.Type.IsPlain) };
    }

    private static string MemberName(Hdf5Id id, uint index, Hdf5Place at)
    {
        nint name = H5.H5Tget_member_name(id, index);
        if (name == 0) at.Check(-1);
        string text = Marshal.PtrToStringUTF8(name)!;
        _ = H5.H5free_memory(name);
        return text;
    }
}
