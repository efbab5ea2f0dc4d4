using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>
/// Shares of candidates that pass working points, in bins [low, high) of a variable, with the points against the other classes required
/// where wanted.
/// </summary>
internal sealed class EfficiencyBins(
    EfficiencyVariable variable,
    PassingPoint[] points,
    PassingPoint[] others,
    bool inDenominator,
    BootstrapPlan plan)
{
    /// <summary>For each point the entry of each bin.</summary>
    public IntervalEntry[][] Of(PairSides sides, ScoredRows rows)
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
        IReadOnlyList<IntervalEntry>[] bins =
        [
            .. Enumerable.Range(0, variable.Count).Select(bin => Shares.Of(sides.Sample(rows, [.. inBin[bin]]), passes, plan)),
        ];
        return [.. points.Select((_, point) => bins.Select(bin => bin[point]).ToArray())];
    }

    // A row of which either is not known says nothing.
    private static bool? Both(bool? one, bool? other) => one is null || other is null ? null : one.Value && other.Value;
}
