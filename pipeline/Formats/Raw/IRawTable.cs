using TauPipeline.Columns;

namespace TauPipeline.Formats;

/// <summary>
/// Rows of a raw file under named columns, whatever its format: a ROOT tree, an RNTuple, an HDF5 data set or group.
/// A column is flat, or a list that belongs to a table of constituents (<c>Tau_pt</c> to <c>Tau</c>, <c>tracks_d0</c> to <c>tracks</c>).
/// </summary>
public interface IRawTable
{
    /// <summary>Where it is, in the words of its format.</summary>
    RawTableName Name { get; }

    /// <summary>Number of rows.</summary>
    long Rows { get; }

    /// <summary>The columns that are numbers, or lists of numbers, in the file's order. Texts are listed as the bytes they are.</summary>
    Schema Schema { get; }

    /// <summary>Rows of a batch whose constituents, and what is worked out of them, stay in the processor's cache.</summary>
    int CachedRows { get; }

    /// <summary>A column of any kind, or <see langword="null"/>.</summary>
    RawColumn? Find(string column);

    /// <summary>The chosen rows of the chosen columns, in batches. A batch's memory is its own, unless it is to be used again.</summary>
    /// <exception cref="Foundation.StepFailed">A column is missing or holds no numbers, or the file is damaged: says where.</exception>
    IEnumerable<Batch> Read(RawSelection what, CancellationToken cancellation = default);
}

/// <summary>A table's name as its users know it.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Kind">What it is: <c>tree</c>, <c>RNTuple</c>, <c>data set</c>.</param>
/// <param name="Table">Its name: <c>Events</c>.</param>
/// <param name="ColumnKind">What a column of it is called: <c>branch</c>, <c>field</c>.</param>
public sealed record RawTableName(string File, string Kind, string Table, string ColumnKind)
{
    /// <summary><c>branch 'Tau_pt' of tree 'Events'</c>.</summary>
    public string Of(string column) => $"{ColumnKind} '{column}' of {this}";

    /// <summary><c>tree 'Events'</c>.</summary>
    public override string ToString() => $"{Kind} '{Table}'";
}

/// <summary>What a column of a raw file holds.</summary>
/// <param name="TypeName">Its type in words: <c>float32[]</c>, <c>text</c>, or the C++ name of a collection.</param>
/// <param name="Numbers">The column that its values are; <see langword="null"/> if they are texts, or what no column holds.</param>
public sealed record RawColumn(string TypeName, ColumnSpec? Numbers);

/// <summary>Which rows of which columns are read, and how many rows make a batch.</summary>
/// <param name="Columns">The columns, in this order.</param>
public sealed record RawSelection(IReadOnlyList<string> Columns)
{
    /// <summary>The first row.</summary>
    public long First { get; init; }

    /// <summary>The row after the last; all rows if <see langword="null"/>.</summary>
    public long? End { get; init; }

    /// <summary>Rows of a batch, but for the last.</summary>
    public int BatchRows { get; init; } = 4096;

    /// <summary>Whether a batch may only be looked at until the next is asked for, which may then stand in its memory.</summary>
    public bool ReuseMemory { get; init; }

    /// <summary>Threads that unpack columns at the same time, where the format's reader can. Values do not depend on it.</summary>
    public int Threads { get; init; } = 1;
}
