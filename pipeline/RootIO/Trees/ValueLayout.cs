using System.Collections.Immutable;
using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>How the entries of a branch lie in its baskets.</summary>
internal enum LayoutKind
{
    /// <summary>The same number of values in each entry.</summary>
    Fixed,
    /// <summary>Any number of values in each entry, perhaps after a head.</summary>
    Jagged,
    /// <summary>One text an entry.</summary>
    Text,
    /// <summary>Something that is listed but not read.</summary>
    Unread,
}

/// <summary>How the values of one leaf lie in the baskets of its branch, and what they become.</summary>
internal sealed record ValueLayout(LayoutKind Kind, string TypeName)
{
    /// <summary>Type of a value in the file.</summary>
    public ColumnType Stored { get; init; }

    /// <summary>Type of a value in memory; wider than stored for Double32_t.</summary>
    public ColumnType Type { get; init; }

    /// <summary>Fixed dimensions of an item: <c>[2, 3]</c> for <c>x[2][3]</c>, and so for each element of <c>x[n][2][3]</c>.</summary>
    public ImmutableArray<int> Dimensions { get; init; } = [];

    /// <summary>Values of the fixed dimensions: <c>x[2][3]</c> has 6, and so has each element of <c>x[n][2][3]</c>.</summary>
    public int PerItem { get; init; } = 1;

    /// <summary>Levels of offsets.</summary>
    public int Levels => Kind == LayoutKind.Fixed ? 0 : 1;

    public bool IsText => Kind == LayoutKind.Text;

    /// <summary>Bytes of a whole entry with all its leaves (fixed only).</summary>
    public int EntryBytes { get; init; }

    /// <summary>Where in the entry this leaf begins (fixed only).</summary>
    public int Start { get; init; }

    /// <summary>Bytes in front of the values of each entry.</summary>
    public int HeadBytes { get; init; }

    /// <summary>The branch that counts the elements of each entry, where there is one.</summary>
    public BranchRecord? Counts { get; init; }

    /// <summary>Why it is not read.</summary>
    public string Reason { get; init; } = "";

    public int StoredSize => ColumnTypes.Size(Stored);

    public static ValueLayout Unread(string typeName, string reason) => new(LayoutKind.Unread, typeName) { Reason = reason };
}
