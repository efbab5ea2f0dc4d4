using TauPipeline.BuildGraph;
using TauPipeline.Configuration;

namespace TauPipeline.Tests.ToyHost;

/// <summary>Ingest (two steps) -> Metrics (isolated) -> Plot -> Report; or, with <c>planted: true</c>, the planted mistakes.</summary>
internal static class ToyCatalogue
{
    public static IReadOnlyList<ComposedStage> Compose(CampaignFile campaign)
    {
        if (campaign.Root.Flag("planted")) return PlantedMistakes.Compose();
        var ingest = new ToyStage("Ingest", campaign.Root.Texts("items", ["a", "b"]), [], ToySettings.Read(campaign.Root.Block("ingest")));
        var metrics = new ToyStage("Metrics", [""], ingest.Products, ToySettings.Read(campaign.Root.Block("metrics")))
        {
            IsIsolated = true,
        };
        var plot = new ToyStage("Plot", [""], metrics.Products, ToySettings.Read(campaign.Root.Block("plot")));
        var report = new ToyStage("Report", [""], [.. metrics.Products, .. plot.Products], ToySettings.Read(campaign.Root.Block("report")));
        return [new(ingest), new(metrics) { IsResult = true }, new(plot) { IsResult = true }, new(report) { IsResult = true }];
    }
}
