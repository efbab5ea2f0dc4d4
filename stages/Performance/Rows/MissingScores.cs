using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// Counts for the ledger which rows go into the figures without the score of some discriminator; one that no row has, because
/// the files lack its branch, is not counted row by row.
/// </summary>
internal sealed class MissingScores(ClassScheme classes)
{
    /// <summary>What the reason of rows begins with that go on without a score.</summary>
    public const string Reason = "no score: ";

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Class, string Lacking), (long Rows, OrderedSum Weight)> _goingOn = [];
    private readonly Dictionary<(string, TauClass), bool[]> _found = [];
    private Batch? _rows;
    private SortedSet<string>?[] _lacking = [];

    /// <summary>Starts with the next rows.</summary>
    public void Begin(Batch rows)
    {
        _rows = rows;
        _lacking = new SortedSet<string>?[rows.Rows];
        _found.Clear();
    }

    /// <summary>Notes which of some rows have no score, or no stored working point, against a class.</summary>
    public void Look(Discriminator one, TauClass against, IEnumerable<int> at)
    {
        string name = $"{one.Title} against {against.Name}";
        bool[] found = _found.TryGetValue((one.Name, against), out bool[]? known)
            ? known
            : _found[(one.Name, against)] = Found(one, against);
        foreach (int row in at)
            if (found[row]) _seen.Add(name);
            else (_lacking[row] ??= new(StringComparer.Ordinal)).Add(name);
    }

    /// <summary>A row that goes on.</summary>
    public void GoesOn(int row, string @class, double weight)
    {
        (string, string) key = (@class, string.Join('\n', _lacking[row] ?? []));
        (long rows, OrderedSum sum) = _goingOn.GetValueOrDefault(key);
        sum.Add(weight);
        _goingOn[key] = (rows + 1, sum);
    }

    /// <summary>Writes all rows that go on into the ledger, with what they lack.</summary>
    public void Count(RowLedger ledger)
    {
        foreach (((string @class, string lacking), (long rows, OrderedSum weight)) in _goingOn)
        {
            string[] some = [.. lacking.Split('\n').Where(_seen.Contains)];
            ledger.Out(@class, rows, weight.Value, to: some.Length == 0 ? "" : $"{Reason}{string.Join(", ", some)}");
        }
    }

    private bool[] Found(Discriminator one, TauClass against)
    {
        double[]? scores = one.Has(against) ? one.Score(classes, against, _rows!) : null;
        double[]? points = one.Points.TryGetValue(against, out StoredPoints? stored) ? _rows![stored.Column].ToDoubles() : null;
        return
        [
            .. Enumerable.Range(0, _rows!.Rows)
                .Select(row => !(scores is not null && double.IsNaN(scores[row])) && !(points is not null && double.IsNaN(points[row]))),
        ];
    }
}
