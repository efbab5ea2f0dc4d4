using Shouldly;
using TauPipeline.Formats;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>A file of 1,221 taus of which one has no score of one stored discriminator.</summary>
public sealed class MissingScoreTests
{
    private static readonly string Sample = SharedData.At("reports", "nano_one_nan_score.root");

    [SharedDataFact]
    public void One_missing_score_costs_one_row_and_not_the_curve()
    {
        using var run = new NanoAodRun(new TempFolder(), $"--input={Sample}", "--set=split.folds=3", "--set=train.epochs=1");
        run.Program.ExitCode.ShouldBe(0, run.Program.Error);

        RocEntry curve = run.Performance.RocCurve.Single(one => one is { Discriminator: "mva_2015", VsType: "jet" });

        // numpy's pair sum of the rows that have a score
        curve.AucScore!.Value.ShouldBe(0.782209, 5e-7);
        curve.NoScore.ShouldBe(1);
        run.Performance.Notes.ShouldContain(note =>
            note.Contains("MVA old DM (2015)", StringComparison.Ordinal) && note.Contains("1 row has no score", StringComparison.Ordinal));
        run.Ledger("Metrics").ShouldContain("no score: MVA old DM (2015) against jet");
        run.Report.ShouldContain("<td>Metrics</td><td>handed on</td><td>no score: MVA old DM (2015) against jet</td>");
    }
}
