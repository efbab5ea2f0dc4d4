using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>What stands at the end of a column's way through collections and arrays.</summary>
internal enum NTupleLeafKind
{
    /// <summary>Numbers.</summary>
    Values,
    /// <summary>Texts: ends and characters.</summary>
    Text,
    /// <summary>Sizes of a collection that another field holds.</summary>
    Sizes,
    /// <summary>Something that is listed but not read.</summary>
    Unread,
}

/// <summary>One level of offsets: a collection whose ends are stored, or an array of steady length around a collection.</summary>
/// <param name="Ends">Columns of the ends; null for an array.</param>
/// <param name="Length">Items of the array.</param>
internal sealed record NTupleLevel(ElementColumns? Ends, long Length);

/// <summary>How a column is put together from stored columns.</summary>
internal sealed record NTuplePlan(NTupleLeafKind Kind, string TypeName)
{
    /// <summary>Type of a value in memory; of text: bytes.</summary>
    public ColumnType Type { get; init; }

    /// <summary>Levels of offsets, outermost first, without a text's own.</summary>
    public IReadOnlyList<NTupleLevel> Levels { get; init; } = [];

    /// <summary>Dimensions of the arrays inside the innermost collection.</summary>
    public IReadOnlyList<int> Shape { get; init; } = [];

    /// <summary>Columns of the values, of a text's characters.</summary>
    public ElementColumns? Values { get; init; }

    /// <summary>Columns of the ends of texts, or of the collection whose sizes are meant.</summary>
    public ElementColumns? Ends { get; init; }

    /// <summary>Why it is not read.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Values in each innermost item.</summary>
    public long PerItem => Shape.Aggregate(1L, (product, length) => product * length);
}
