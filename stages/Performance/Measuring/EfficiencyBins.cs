using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>The shares of each working point in bins [low, high), or in categories.</summary>
/// <param name="Edges">Edges of the bins; empty for categories.</param>
/// <param name="Points">For each point the entry of each bin.</param>
internal sealed record BinnedShares(IReadOnlyList<double> Edges, IntervalEntry[][] Points);

/// <summary>
/// Shares of candidates that pass working points, in bins of a variable, with the points against the other classes required where wanted.
/// Neighbouring bins are merged until each has enough rows in the denominator; categories stay as they are.
/// </summary>
internal sealed class EfficiencyBins(
    EfficiencyVariable variable,
    PassingPoint[] points,
    PassingPoint[] others,
    bool inDenominator,
    BootstrapPlan plan)
{
    /// <summary>The least rows in the denominator of a bin, if the variable has as many in all.</summary>
    public const int LeastRows = 20;

    /// <summary>The shares of one side of a pair.</summary>
    public BinnedShares Of(PairSides sides, ScoredRows rows)
    {
        double[] values = rows.Values(variable);
        bool?[][] required = [.. others.Select(other => other.Passes(rows)!)];
        bool?[] passesOthers =
        [
            .. Enumerable.Range(0, rows.Rows)
                .Select(row =>
                    required.All(other => other[row] == true) ? true
                    : required.Any(other => other[row] is null) ? null
                    : (bool?)false),
        ];
        bool?[][] passes = [.. points.Select(point => point.Passes(rows)!.Zip(passesOthers, Both).ToArray())];
        ILookup<int, int> inBin = Enumerable.Range(0, rows.Rows)
            .Where(row => !inDenominator || passesOthers[row] == true)
            .ToLookup(row => variable.Find(values[row]));
        int[][] bins = [.. Enumerable.Range(0, variable.Count).Select(bin => inBin[bin].ToArray())];
        int[] first = variable.Categories.Count > 0
            ? [.. Enumerable.Range(0, bins.Length)]
            : Merged([.. bins.Select(bin => bin.Count(row => passes[0][row] is not null))]);
        IEnumerable<int> ends = first.Skip(1).Append(bins.Length);
        IReadOnlyList<IntervalEntry>[] shares =
        [
            .. first.Zip(ends, (from, to) => sides.Sample(rows, [.. bins[from..to].SelectMany(bin => bin)]))
                .Select(sample => Shares.Of(sample, passes, plan)),
        ];
        return new(
            variable.Categories.Count > 0 ? [] : [.. first.Select(bin => variable.Edges[bin]), variable.Edges[^1]],
            [.. points.Select((_, point) => shares.Select(bin => bin[point]).ToArray())]);
    }

    /// <summary>
    /// The first of each group of neighbouring bins that together have enough rows; what is left at the end joins the last.
    /// </summary>
    internal static int[] Merged(int[] rows)
    {
        List<int> first = [0];
        long group = 0;
        for (int bin = 0; bin < rows.Length; bin++)
        {
            if (group >= LeastRows)
            {
                first.Add(bin);
                group = 0;
            }
            group += rows[bin];
        }
        if (group < LeastRows && first.Count > 1) first.RemoveAt(first.Count - 1);
        return [.. first];
    }

    // A row of which either is not known says nothing.
    private static bool? Both(bool? one, bool? other) => one is null || other is null ? null : one.Value && other.Value;
}
