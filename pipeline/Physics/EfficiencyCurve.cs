using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>The share of candidates in one bin of a variable that pass a working point.</summary>
/// <param name="Low">Lower edge.</param>
/// <param name="High">Upper edge.</param>
/// <param name="Passed">Candidates in the numerator.</param>
/// <param name="Total">Candidates in the denominator.</param>
/// <param name="Interval">Clopper-Pearson interval; <see langword="null"/> for an empty bin.</param>
public readonly record struct EfficiencyBin(double Low, double High, long Passed, long Total, Interval? Interval)
{
    /// <summary>Passed over total; <see langword="null"/> for an empty bin.</summary>
    public double? Efficiency => Total > 0 ? (double)Passed / Total : null;
}

/// <summary>Where the working points against the other types are required.</summary>
public enum OthersRequired
{
    /// <summary>Nowhere.</summary>
    Nowhere,
    /// <summary>In the numerator.</summary>
    InNumerator,
    /// <summary>In numerator and denominator.</summary>
    InBoth,
}

/// <summary>
/// Efficiency (genuine taus) or misidentification rate (fakes) against a variable (training-and-evaluation 12). Counts are
/// not weighted. Bins are open below and closed above, (low, high], as in the original plots.
/// </summary>
public sealed class EfficiencyCurve(BinEdges edges, OthersRequired others = OthersRequired.InNumerator)
{
    private readonly long[] _passed = new long[edges.Count];
    private readonly long[] _total = new long[edges.Count];

    /// <summary>Counts one candidate.</summary>
    /// <param name="value">The variable's value; outside the bins it does not count.</param>
    /// <param name="passes">Whether its score is above the threshold.</param>
    /// <param name="passesOthers">Whether it passes the required working points against the other types.</param>
    public void Add(double value, bool passes, bool passesOthers)
    {
        int bin = edges.FindClosedAbove(value);
        if (bin < 0 || bin >= _total.Length) return;
        if (others == OthersRequired.InBoth && !passesOthers) return;
        _total[bin]++;
        if (passes && (others == OthersRequired.Nowhere || passesOthers)) _passed[bin]++;
    }

    /// <summary>All bins with intervals of a confidence.</summary>
    /// <exception cref="Misuse">The confidence is not in [0, 1].</exception>
    public IReadOnlyList<EfficiencyBin> Bins(double confidence = ClopperPearson.OneSigma) =>
        [.. _total.Select((total, bin) => new EfficiencyBin(edges.Edges[bin], edges.Edges[bin + 1], _passed[bin], total, ClopperPearson.Of(_passed[bin], total, confidence)))];
}
