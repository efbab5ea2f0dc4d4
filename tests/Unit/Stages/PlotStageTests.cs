using Shouldly;
using TauPipeline.BuildGraph;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>What the step declares; the figures are Plotting's, and drawing them is in the end-to-end tests.</summary>
public sealed class PlotStageTests
{
    [Fact]
    public void Train_rows_are_read_only_where_features_are_drawn()
    {
        Columns("plot.feature_bins=0").ShouldBeEmpty();
        Columns("plot.feature_bins=10").ShouldNotBeEmpty();
    }

    [Fact]
    public void Wider_figures_make_Plot_stale_and_leave_Metrics_alone()
    {
        IReadOnlyList<IStage> one = Campaigns.Smoke("plot.width=500"), other = Campaigns.Smoke("plot.width=501");

        Settings(other, "Plot").ShouldNotBe(Settings(one, "Plot"));
        Settings(other, "Metrics").ShouldBe(Settings(one, "Metrics"));

        static string Settings(IReadOnlyList<IStage> stages, string name) =>
            stages.Single(stage => stage.Name == name).Steps().Single().Settings.Hash().ToString();
    }

    private static string[] Columns(string set) =>
        [.. Campaigns.Smoke(set).Single(stage => stage.Name == "Plot").Steps().Single().Reads.SelectMany(read => read.Columns)];
}
