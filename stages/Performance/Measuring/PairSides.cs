using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>Signal and background of a pair as one discriminator sees them.</summary>
internal sealed class PairSides(
    EvaluationPair pair,
    Discriminator discriminator,
    (ScoredRows Signal, ScoredRows Background) rows,
    IReadOnlyDictionary<string, double> factors)
{
    private readonly double[] _signalScales = Scales(pair.Composition, rows.Signal, factors);
    private readonly double[] _backgroundScales = Scales(pair.Composition, rows.Background, factors);

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
        double[] scales = side == Signal ? _signalScales : _backgroundScales, weights = side.Weights;
        int[] datasets = side.Datasets;
        return new(side, at, [.. at.Select(i => weights[i] * scales[datasets[i]])]);
    }

    /// <summary>All rows of one side.</summary>
    public Sample Whole(ScoredRows side) => Sample(side, [.. Enumerable.Range(0, side.Rows)]);

    /// <summary>What shares of these sides are shares of.</summary>
    public ShareDefinition Definition(string sample, IReadOnlyList<string> inNumerator) => new(
        $"{sample}: {string.Join(", ", Signal.DatasetNames)} against {string.Join(", ", Background.DatasetNames)}",
        pair.Selection?.Text ?? "none", inNumerator, []);

    // For each dataset the factor on its weights with which all share the side as wanted.
    private static double[] Scales(Composition composition, ScoredRows side, IReadOnlyDictionary<string, double> factors) =>
        composition switch
        {
            // What stands alone is not pooled, and counts as it is.
            Composition.CrossSection when side.DatasetNames.Count > 1 => [.. side.DatasetNames.Select(name => factors[name])],
            Composition.Equal =>
            [
                .. side.DatasetNames.Select((_, dataset) => Equally(side.Weights.Where((_, i) => side.Datasets[i] == dataset).Sum())),
            ],
            _ => [.. side.DatasetNames.Select(_ => 1.0)],
        };

    // A dataset whose weights cancel has no share that could be scaled.
    private static double Equally(double sum) => sum > 0 ? 1 / sum : 0;
}
