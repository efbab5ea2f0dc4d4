using System.Runtime.InteropServices;

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

/// <summary>Some rows of one class with one fate, with the sum of their event weights, which may be negative.</summary>
public sealed record LedgerLine(RowFate Fate, string Reason, string Class, long Rows, double Weight);

/// <summary>A class whose books do not close: in and repeated, less out and dropped.</summary>
public sealed record LedgerGap(string Class, long Rows, double Weight);

/// <summary>
/// Rows in, out, dropped and repeated by one step, by reason and class, with sums of event weights. In every class in plus
/// repeated equals out plus dropped, rows and weights alike, or the step fails: no row is ever lost silently, and none goes
/// over to another class. A row whose class the step finds out is given to it under that class.
/// </summary>
public sealed class RowLedger
{
    // Sums are compensated, so that they are off by some 1e-16 of the sum of absolute weights, however many rows there are.
    private const double Rounding = 1e-12;

    private readonly Dictionary<(RowFate Fate, string Reason, string Class), (long Rows, WeightSum Weight)> _lines = [];

    /// <summary>Counts rows given to the step; a row that will never have a class is of class <c>""</c>.</summary>
    /// <param name="class">Their class.</param>
    /// <param name="rows">How many.</param>
    /// <param name="weight">The sum of their event weights; what is not finite is not added.</param>
    /// <param name="from">Where from, if there is more than one way in.</param>
    public void In(string @class, long rows, double weight, string from = "") => Add(RowFate.In, from, @class, rows, weight);

    /// <summary>Counts rows handed on, to <paramref name="to"/> where there is more than one way.</summary>
    public void Out(string @class, long rows, double weight, string to = "") => Add(RowFate.Out, to, @class, rows, weight);

    /// <summary>Counts rows left behind.</summary>
    public void Dropped(string reason, string @class, long rows, double weight) => Add(RowFate.Dropped, reason, @class, rows, weight);

    /// <summary>Counts extra copies made.</summary>
    public void Repeated(string reason, string @class, long rows, double weight) => Add(RowFate.Repeated, reason, @class, rows, weight);

    /// <summary>All lines, ordered by fate, reason and class.</summary>
    public IReadOnlyList<LedgerLine> Lines =>
    [
        .. Ordered.Select(line => new LedgerLine(line.Key.Fate, line.Key.Reason, line.Key.Class, line.Value.Rows, line.Value.Weight.Total)),
    ];

    /// <summary>Rows of one fate over all reasons and classes.</summary>
    public long Total(RowFate fate) => _lines.Where(line => line.Key.Fate == fate).Sum(line => line.Value.Rows);

    /// <summary>The classes that do not close, by name.</summary>
    public IReadOnlyList<LedgerGap> Gaps
    {
        get
        {
            var gaps = new List<LedgerGap>();
            foreach (var lines in Ordered.GroupBy(line => line.Key.Class).OrderBy(lines => lines.Key, StringComparer.Ordinal))
            {
                long rows = 0;
                (double weight, double absolute) = (0, 0);
                foreach (((RowFate fate, _, _), (long count, WeightSum sum)) in lines)
                {
                    int sign = fate is RowFate.In or RowFate.Repeated ? 1 : -1;
                    rows += sign * count;
                    weight += sign * sum.Total;
                    absolute += sum.Absolute;
                }
                if (rows != 0 || Math.Abs(weight) > Rounding * absolute) gaps.Add(new LedgerGap(lines.Key, rows, weight));
            }
            return gaps;
        }
    }

    /// <summary>Whether in plus repeated equals out plus dropped in every class.</summary>
    public bool Closes => Gaps.Count == 0;

    /// <summary>Whether nothing was counted.</summary>
    public bool IsEmpty => _lines.Count == 0;

    // Sums do not depend on the order in which lines began.
    private IEnumerable<KeyValuePair<(RowFate Fate, string Reason, string Class), (long Rows, WeightSum Weight)>> Ordered => _lines
        .OrderBy(line => line.Key.Fate)
        .ThenBy(line => line.Key.Reason, StringComparer.Ordinal)
        .ThenBy(line => line.Key.Class, StringComparer.Ordinal);

    private void Add(RowFate fate, string reason, string @class, long rows, double weight)
    {
        ref (long Rows, WeightSum Weight) line = ref CollectionsMarshal.GetValueRefOrAddDefault(_lines, (fate, reason, @class), out _);
        line = (line.Rows + rows, line.Weight.And(weight));
    }

    // A sum with what rounding has cut off beside it (Neumaier 1974).
    private readonly record struct WeightSum(double Sum, double CutOff, double Absolute)
    {
        public double Total => Sum + CutOff;

        public WeightSum And(double weight)
        {
            if (!double.IsFinite(weight)) return this;
            double sum = Sum + weight;
            double cut = Math.Abs(Sum) >= Math.Abs(weight) ? Sum - sum + weight : weight - sum + Sum;
            return new(sum, CutOff + cut, Absolute + Math.Abs(weight));
        }
    }
}
