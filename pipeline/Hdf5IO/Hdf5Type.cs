using TauPipeline.Columns;

namespace TauPipeline.Hdf5IO;

/// <summary>A field of a compound: its name, its place in the record, its type.</summary>
public sealed record Hdf5Field(string Name, int Offset, Hdf5Type Type);

/// <summary>The type of one element of a dataset, as it lies in the file.</summary>
/// <param name="Name">As NumPy writes it: <c>float32</c>, <c>bool</c>, <c>string</c>, <c>float32[3]</c>; the fields of a compound in
/// braces.</param>
/// <param name="Size">Bytes of one element.</param>
public sealed record Hdf5Type(string Name, int Size)
{
    /// <summary>
    /// The column type that holds such elements (float16 as float32, an enum as its integers, an array as its values), or
    /// <see langword="null"/> if none does.
    /// </summary>
    public ColumnType? Column { get; init; }

    /// <summary>Whether its numbers lie with the highest byte first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>Values in one element: more than 1 for an array.</summary>
    public int Values { get; init; } = 1;

    /// <summary>The fields of a compound; none for all others.</summary>
    public IReadOnlyList<Hdf5Field> Fields { get; init; } = [];

    /// <summary>Whether elements contain nothing but themselves: no variable-length parts, no references.</summary>
    public bool IsPlain { get; init; } = true;

    /// <summary>Whether the bytes in the file are those of the column type in memory.</summary>
    internal bool IsAsInMemory => Column is { } column && !IsBigEndian && Size == Values * ColumnTypes.Size(column);

    /// <summary>Bytes of one value.</summary>
    internal int ValueSize => Size / Values;
}
