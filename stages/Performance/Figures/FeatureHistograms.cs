using TauPipeline.Columns;
using TauPipeline.Physics;
using TauPipeline.Plotting;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>The distribution of each feature in each class, over the mixed train rows; bins from the feature's own scaling.</summary>
internal sealed class FeatureHistograms
{
    private const double Deviations = 3;

    private readonly (Feature Feature, WeightedHistogram[] ByClass)[] _histograms;

    private readonly ClassScheme _classes;
    private readonly RowWeight _weight;

    public FeatureHistograms(EvaluationSettings evaluation, IEnumerable<Feature> features, FeatureScaling scaling, int bins)
    {
        ClassScheme classes = _classes = evaluation.Classes;
        _weight = evaluation.Weight;
        _histograms =
        [
            .. features.Select(one =>
                (one, classes.Trained.Select(_ => new WeightedHistogram(Edges(scaling.Of(one.Name), bins))).ToArray())),
        ];
    }

    public void Fill(Batch rows)
    {
        ReadOnlySpan<int> types = rows.Flat<int>(CandidateColumns.Type);
        double[] weights = _weight.Of(rows);
        foreach ((Feature feature, WeightedHistogram[] byClass) in _histograms)
        {
            FeatureValues values = FeatureValues.Of(rows, feature);
            for (int i = 0; i < types.Length; i++)
                if (types[i] >= 0 && types[i] < byClass.Length && values.Counts(i) && !double.IsNaN(values.Values[i]))
                    byClass[types[i]].Fill(values.Values[i], weights[i]);
        }
    }

    public IEnumerable<NamedFigure> Figures(PlotSettings settings) =>
        _histograms.Where(histogram => histogram.ByClass.Any(filled => filled.Contents.Any(content => content > 0)))
            .Select(histogram => new NamedFigure(
                $"feature_{histogram.Feature.Name}",
                new HistogramFigure
                {
                    Title = histogram.Feature.Name,
                    Caption =
            $"Mixed train rows, each class normalised to unit area over the range shown; errors are statistical. {ShareText.Weighting(_weight.Text)}",
                    X = new PlotAxis(histogram.Feature.Name),
                    Edges = [.. histogram.ByClass[0].Edges.Edges],
                    Series =
                    [
                        .. from one in _classes.Trained
                           let filled = histogram.ByClass[one.Index]
                           select NormalisedSeries.Of(_classes.Title(one), filled.Contents, filled.Squares, filled.Edges),
                    ],
                    Width = settings.Width * 3 / 4,
                    Height = settings.Height * 3 / 4,
                })
            { Group = "features by class" });

    private static BinEdges Edges(FeatureScale scale, int bins) => scale.Kind switch
    {
        ScalingKind.Linear => BinEdges.Uniform(bins, scale.Mean - scale.Std, scale.Mean + scale.Std),
        ScalingKind.Normal or ScalingKind.Quantile when scale.Std > 0 => BinEdges.Uniform(
            bins,
            scale.Mean - Deviations * scale.Std,
            scale.Mean + Deviations * scale.Std),
        ScalingKind.Normal or ScalingKind.Quantile => BinEdges.Uniform(bins, scale.Mean - 1, scale.Mean + 1),
        _ => BinEdges.Uniform(5, -2.5, 2.5),
    };
}
