namespace TauPipeline.Foundation;

/// <summary>What happened to a number of rows: <c>In</c> and <c>Repeated</c> add, <c>Out</c> and <c>Dropped</c> take away.</summary>
public enum RowFate
{
    /// <summary>Rows that the step was given.</summary>
    In,
    /// <summary>Rows that the step handed on.</summary>
    Out,
    /// <summary>Rows that the step left behind, for a reason.</summary>
    Dropped,
    /// <summary>Extra copies that the step made, for a reason.</summary>
    Repeated,
}

/// <summary>Some rows of one class with one fate, with their sum of weights (the row count where nothing is weighted).</summary>
public sealed record LedgerLine(RowFate Fate, string Reason, string Class, long Rows, double Weight);

/// <summary>
/// Rows in, out, dropped and repeated by one step, by reason and class, with sums of weights. In plus repeated equals
/// out plus dropped, or the step fails: no row is ever lost silently.
/// </summary>
public sealed class RowLedger
{
    private readonly SortedDictionary<(RowFate Fate, string Reason, string Class), (long Rows, double Weight)> _lines =
        new(Comparer<(RowFate Fate, string Reason, string Class)>.Create((a, b) =>
            a.Fate != b.Fate ? a.Fate.CompareTo(b.Fate) : a.Reason != b.Reason ? string.CompareOrdinal(a.Reason, b.Reason) : string.CompareOrdinal(a.Class, b.Class)));

    /// <summary>Counts rows given to the step; before truth is known the class is <c>""</c>.</summary>
    public void In(string @class, long rows, double? weight = null, string from = "") => Add(RowFate.In, from, @class, rows, weight);

    /// <summary>Counts rows handed on, to <paramref name="to"/> where there is more than one way.</summary>
    public void Out(string @class, long rows, double? weight = null, string to = "") => Add(RowFate.Out, to, @class, rows, weight);

    /// <summary>Counts rows left behind.</summary>
    public void Dropped(string reason, string @class, long rows, double? weight = null) => Add(RowFate.Dropped, reason, @class, rows, weight);

    /// <summary>Counts extra copies made.</summary>
    public void Repeated(string reason, string @class, long rows, double? weight = null) => Add(RowFate.Repeated, reason, @class, rows, weight);

    /// <summary>All lines, ordered by fate, reason and class.</summary>
    public IReadOnlyList<LedgerLine> Lines => [.. _lines.Select(line => new LedgerLine(line.Key.Fate, line.Key.Reason, line.Key.Class, line.Value.Rows, line.Value.Weight))];

    /// <summary>Rows of one fate over all reasons and classes.</summary>
    public long Total(RowFate fate) => _lines.Where(line => line.Key.Fate == fate).Sum(line => line.Value.Rows);

    /// <summary>Whether in plus repeated equals out plus dropped.</summary>
    public bool Closes => Total(RowFate.In) + Total(RowFate.Repeated) == Total(RowFate.Out) + Total(RowFate.Dropped);

    /// <summary>Whether nothing was counted.</summary>
    public bool IsEmpty => _lines.Count == 0;

    private void Add(RowFate fate, string reason, string @class, long rows, double? weight)
    {
        (long Rows, double Weight) old = _lines.GetValueOrDefault((fate, reason, @class));
        _lines[(fate, reason, @class)] = (old.Rows + rows, old.Weight + (weight ?? rows));
    }
}
