using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>Signal and background of a pair as one discriminator sees them.</summary>
internal sealed class PairSides(
    EvaluationPair pair,
    Discriminator discriminator,
    (ScoredRows Signal, ScoredRows Background) rows,
    PairWeights weights)
{
    public EvaluationPair Pair => pair;

    public Discriminator Discriminator => discriminator;

    public ScoredRows Signal => rows.Signal;

    public ScoredRows Background => rows.Background;

    /// <summary>The rows of one side in a bin.</summary>
    public static int[] Inside(ScoredRows side, EvaluationBin bin)
    {
        (double[] pt, double[] eta, int[] modes) = (side.Pt, side.Eta, side.DecayModes);
        return [.. Enumerable.Range(0, pt.Length).Where(i => bin.Contains(pt[i], eta[i], modes[i]))];
    }

    /// <summary>Some rows of one side with the weights they count with.</summary>
    public Sample Sample(ScoredRows side, int[] at)
    {
        double[] all = side == Signal ? weights.Signal : weights.Background;
        return new(side, at, [.. at.Select(i => all[i])]);
    }

    /// <summary>All rows of one side.</summary>
    public Sample Whole(ScoredRows side) => Sample(side, [.. Enumerable.Range(0, side.Rows)]);

    /// <summary>What shares of these sides are shares of.</summary>
    public ShareDefinition Definition(string sample, IReadOnlyList<string> inNumerator) => new(
        $"{sample}: {string.Join(", ", Signal.DatasetNames)} against {string.Join(", ", Background.DatasetNames)}"
            + (pair.Matched.Count == 0 ? "" : $", weighted to the signal in {string.Join(" and ", pair.Matched)}"),
        pair.Selection?.Text ?? "none", inNumerator, []);
}
