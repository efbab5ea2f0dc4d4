using Shouldly;
using TauPipeline.BuildGraph;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>What the steps declare; the figures are Plotting's, and drawing them is in the end-to-end tests.</summary>
public sealed class PlotStageTests
{
    [Fact]
    public void Train_rows_are_read_only_where_features_and_spectra_are_drawn()
    {
        Steps("plot={ feature_bins: 0 }").Where(ReadsRows).Select(step => step.Key).ShouldBe(["spectra"]);
        Steps("plot={ feature_bins: 10 }").Where(ReadsRows).Select(step => step.Key).ShouldBe(["features", "spectra"]);
        Steps("plot={ feature_bins: 10, spectra: no }").Where(ReadsRows).Select(step => step.Key).ShouldBe(["features"]);

        static bool ReadsRows(Step step) => step.Reads.Any(read => read.Columns.Count > 0);
    }

    // Key of plot: -> the kinds of figures that it changes.
    [Theory]
    [InlineData("efficiency_range: [0.2, 0.9]", "roc")]
    [InlineData("rates: linear", "roc", "efficiencies")]
    [InlineData("feature_bins: 7", "features")]
    [InlineData("scaling: all", "scaling")]
    [InlineData("header: Lab", "roc", "distributions", "efficiencies", "training", "features", "scaling", "spectra")]
    [InlineData("width: 501", "roc", "distributions", "efficiencies", "training", "features", "scaling", "spectra")]
    public void A_setting_makes_those_kinds_of_figures_stale_that_it_changes(string set, params string[] kinds)
    {
        Dictionary<string, string> before = Settings(""), after = Settings(set);

        before.Keys.Where(key => before[key] != after[key]).ShouldBe(kinds);
        static Dictionary<string, string> Settings(string keys) =>
            Steps($"plot={{ {keys} }}").ToDictionary(step => step.Key, step => step.Settings.Hash().ToString());
    }

    [Fact]
    public void A_changed_label_redraws_its_kind_of_figures_alone_and_measures_nothing_again()
    {
        IReadOnlyList<IStage> before = Campaigns.Smoke(), after = Campaigns.Smoke("+metrics.variables={ pt: { label: E_T, unit: MeV } }");

        Changed(before, after).ShouldBe(["Plot/efficiencies"]);
        Changed(before, Campaigns.Smoke("+metrics.variables={ pt: { bins: [20, 40] } }")).ShouldBe(["Metrics"]);
    }

    private static IEnumerable<string> Changed(IReadOnlyList<IStage> before, IReadOnlyList<IStage> after) =>
        before.SelectMany(stage => stage.Steps()).Zip(after.SelectMany(stage => stage.Steps()))
            .Where(pair => pair.First.Settings.Hash() != pair.Second.Settings.Hash())
            .Select(pair => pair.Second.Id);

    [Fact]
    public void The_report_reads_every_kind_that_is_drawn()
    {
        IReadOnlyList<IStage> stages = Campaigns.Smoke();
        string[] drawn = [.. Of(stages, "Plot").SelectMany(step => step.Writes).Select(written => written.Path)];

        drawn.ShouldContain("plot/roc");
        Of(stages, "Report").Single().Reads.Select(read => read.Artifact.Path).Where(path => path.StartsWith("plot/", StringComparison.Ordinal))
            .ShouldBe(drawn, ignoreOrder: true);
    }

    private static IReadOnlyList<Step> Steps(params string[] sets) => Of(Campaigns.Smoke(sets), "Plot");

    private static IReadOnlyList<Step> Of(IReadOnlyList<IStage> stages, string name) => stages.Single(stage => stage.Name == name).Steps();
}
