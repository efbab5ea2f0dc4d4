namespace TauPipeline.RootIO;

/// <summary>What a field is made of (its structural role).</summary>
internal enum NTupleRole
{
    Leaf = 0,
    Collection = 1,
    Record = 2,
    Variant = 3,
    Streamed = 4,
}

/// <summary>A field as the header or footer describes it; <see cref="Parent"/> is its own number for a field of the top level.</summary>
internal sealed record NTupleFieldRecord(int Id, int Parent, NTupleRole Role, string Name, string TypeName)
{
    /// <summary>Items of a fixed-size array or bitset; 0 for others.</summary>
    public long ArraySize { get; init; }
}

/// <summary>How the elements of a column are stored (spec section 6, table of codes).</summary>
internal sealed record NTupleColumnRecord(int Id, NTupleEncoding Encoding, int Bits, int Field, int Representation)
{
    /// <summary>Whether the field was added while writing: clusters before it have no pages of it, and its values there are 0.</summary>
    public bool IsDeferred { get; init; }

    /// <summary>Smallest and largest value of a quantised column.</summary>
    public (double Min, double Max) Range { get; init; }
}

/// <summary>Bytes at a position of the file.</summary>
internal readonly record struct NTupleLocator(long Offset, long Bytes);

/// <summary>An envelope elsewhere in the file: its unpacked length and where it stands.</summary>
internal readonly record struct NTupleLink(long Length, NTupleLocator Locator);

/// <summary>Clusters whose pages one page list describes.</summary>
internal sealed record NTupleClusterGroup(long FirstEntry, long Entries, int Clusters, NTupleLink PageList);

/// <summary>A page: elements, and where they stand; a checksum may follow them.</summary>
internal readonly record struct NTuplePage(int Elements, bool HasChecksum, NTupleLocator Locator);

/// <summary>
/// The pages of one column in one cluster; no others if the column is suppressed there for another representation of its field.
/// </summary>
internal sealed record NTupleColumnPages(IReadOnlyList<NTuplePage> Pages, long Elements, bool IsSuppressed)
{
    public static NTupleColumnPages None { get; } = new([], 0, false);
}

/// <summary>A run of entries that are stored together.</summary>
internal sealed record NTupleCluster(long FirstEntry, long Entries, IReadOnlyList<NTupleColumnPages> Columns)
{
    /// <summary>The pages of a column; a column that is younger than the cluster has none.</summary>
    public NTupleColumnPages PagesOf(int column) => column < Columns.Count ? Columns[column] : NTupleColumnPages.None;
}
