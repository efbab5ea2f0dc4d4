using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>Consecutive entries of some branches of one tree.</summary>
/// <param name="File">The file they come from.</param>
/// <param name="FirstEntry">Number of the first entry: in its tree, or counted over all files of a chain.</param>
/// <param name="Entries">Number of entries.</param>
/// <param name="Columns">A column a branch, in the order asked for.</param>
public sealed record RootBatch(string File, long FirstEntry, int Entries, IReadOnlyList<RootColumn> Columns)
{
    private long _firstEntry = FirstEntry;
    private int _entries = Entries;

    /// <summary>Number of the first entry: in its tree, or counted over all files of a chain.</summary>
    public long FirstEntry
    {
        get => _firstEntry;
        init => _firstEntry = value;
    }

    /// <summary>Number of entries.</summary>
    public int Entries
    {
        get => _entries;
        init => _entries = value;
    }

    /// <summary>The first column of that name.</summary>
    /// <exception cref="Foundation.StepFailed">There is none; names the nearest.</exception>
    public RootColumn this[string name] => Column(name);

    /// <summary>The same columns as a batch: flat, or jagged of one level.</summary>
    /// <exception cref="Foundation.StepFailed">One has more levels.</exception>
    public Batch ToBatch() => new(Columns.Select(column => column.ToColumn(column.Shape.Table)), Entries);

    // Becomes the next batch, of the same columns filled anew.
    internal void MoveTo(long firstEntry, int entries) => (_firstEntry, _entries) = (firstEntry, entries);

    private RootColumn Column(string name) =>
        Columns.FirstOrDefault(column => column.Name == name)
        ?? throw RootErrors.NoColumn(File, name, Columns.Select(column => column.Name));
}
