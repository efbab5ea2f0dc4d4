using Shouldly;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>
/// One layer of settings over the smoke campaign, run to the end: what it excludes is dropped, or cannot be had, and is told of.
/// </summary>
[Collection(SmokeBuild.Name)]
public sealed class OtherSplitTests(SmokeBuild smoke)
{
    [Fact]
    public void Folds_over_a_campaign_of_fractions_score_every_row_once_and_say_what_does_not_apply()
    {
        using SmokeFolder folder = smoke.Copy();

        using ProgramRun run = folder.Evaluate("--set=split.folds=3");

        run.ExitCode.ShouldBe(0, run.Error);
        string report = File.ReadAllText(folder.At("report", "index.html"));
        report.ShouldContain("split.fractions does not apply: with 3 folds every row is scored by the network that has not seen it");
        report.ShouldContain("working_points does not apply");
        run.Ran().Count(step => step.StartsWith("Train/fold", StringComparison.Ordinal)).ShouldBe(3);
        run.Ran().ShouldNotContain("WorkingPoints");
        foreach (string fold in new[] { "fold0", "fold1", "fold2" }) // four files, each fold by fold
            Directory.GetFiles(folder.At("apply", fold), "*.h5", SearchOption.AllDirectories).Length.ShouldBe(4, fold);
    }

    [Fact]
    public void Without_a_genuine_tau_to_calibrate_with_the_chain_runs_to_a_report_that_says_so()
    {
        using SmokeFolder folder = smoke.Copy();

        using ProgramRun run = folder.Evaluate("--set=+working_points.selection=tau_pt > 9999");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Ran().ShouldBe(["Metrics", "Plot/distributions", "Plot/efficiencies", "Plot/roc", "Report", "WorkingPoints"]);
        string report = File.ReadAllText(folder.At("report", "index.html"));
        report.ShouldContain("No working points of the network: the calibration rows have no row of tau that is selected by");
        report.ShouldContain("No thresholds: ");
    }
}
