using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>The kind of figures that show each feature by class, over the first training's mixed train rows.</summary>
internal static class FeatureFigures
{
    public static FigureKind Kind(PlotSources sources, PlotSettings settings)
    {
        Training first = sources.Parts.Trainings[0];
        string[] columns =
        [
            .. sources.Features.InputColumns.Append(CandidateColumns.Type).Concat(sources.Evaluation.Weight.Columns)
                .Distinct(StringComparer.Ordinal),
        ];
        return new(
            new("features", Headings.Inputs),
            [
                new StepInput("scaling", ScaleStage.Scaling(first)),
                .. sources.Mixed.Of(first, SplitSettings.Train).Select(shard => new StepInput(SplitSettings.Train, shard, columns)),
            ],
            settings.UsedBy(PlotSettings.BinsOfFeatures).And(sources.Features.Used).And(sources.Evaluation.Used),
            run => Draw(run, first, sources, settings));
    }

    private static IEnumerable<NamedFigure> Draw(StepRun run, Training first, PlotSources sources, PlotSettings settings)
    {
        var histograms = new FeatureHistograms(
            sources.Evaluation, sources.Features.Inputs, run.Read(ScaleStage.Scaling(first)).Scaling, settings.FeatureBins);
        foreach (Artifact shard in sources.Mixed.Of(first, SplitSettings.Train))
        {
            using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
            foreach (Batch rows in reader.Batches()) histograms.Fill(rows);
        }
        return histograms.Figures(settings);
    }
}
