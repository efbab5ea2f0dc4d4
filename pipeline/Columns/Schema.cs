using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>Name and type of a column. A jagged column belongs to a table of constituents, whose rows-per-candidate it shares.</summary>
/// <param name="Name">The column's name, say <c>tau_pt</c> or <c>pfCand_pt</c>.</param>
/// <param name="Type">Type of one value.</param>
/// <param name="Table">The constituents' table, say <c>pfCand</c>; <see langword="null"/> for a flat column.</param>
public sealed record ColumnSpec(string Name, ColumnType Type, string? Table = null)
{
    /// <summary>Whether a row holds any number of values.</summary>
    public bool IsJagged => Table is not null;

    /// <summary><c>float32</c> or <c>float32[]</c>.</summary>
    public string TypeName => ColumnTypes.Name(Type) + (IsJagged ? "[]" : "");
}

/// <summary>The columns of a batch or a file, in order, each name once.</summary>
public sealed class Schema
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    /// <summary>A schema of these columns.</summary>
    /// <exception cref="Misuse">A name stands twice.</exception>
    public Schema(IEnumerable<ColumnSpec> columns)
    {
        Columns = [.. columns];
        for (int i = 0; i < Columns.Count; i++)
            if (!_index.TryAdd(Columns[i].Name, i)) throw new Misuse($"column '{Columns[i].Name}' is named twice");
    }

    /// <summary>All columns in order.</summary>
    public IReadOnlyList<ColumnSpec> Columns { get; }

    /// <summary>The names of the constituents' tables, ordered.</summary>
    public IReadOnlyList<string> Tables =>
        [.. Columns.Where(c => c.IsJagged).Select(c => c.Table!).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The column of that name, or <see langword="null"/>.</summary>
    public ColumnSpec? Find(string name) => _index.TryGetValue(name, out int i) ? Columns[i] : null;

    /// <summary>The place of that column.</summary>
    /// <exception cref="StepFailed">There is none; names the nearest.</exception>
    public int IndexOf(string name) => _index.TryGetValue(name, out int i) ? i : throw new StepFailed(new ErrorText(
        $"there is no column '{name}'", [("nearest", ErrorText.Nearest(name, _index.Keys))]));
}
