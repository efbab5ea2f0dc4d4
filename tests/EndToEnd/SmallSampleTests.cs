using Shouldly;
using TauPipeline.Formats;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Samples that are too small or empty run to the report, which says what could not be done.</summary>
public sealed class SmallSampleTests : IDisposable
{
    private readonly TempFolder _raw = new();

    public void Dispose() => _raw.Dispose();

    [SharedDataFact]
    public void Without_a_candidate_nothing_is_trained_and_the_report_says_so()
    {
        using NanoAodRun run = Run([SharedData.At("reports", "nano_no_tau.root"), SharedData.At("reports", "nano_zero_events.root")]);

        run.Program.ExitCode.ShouldBe(0, run.Program.Error);
        run.Column<float>("apply", "score_tau").ShouldBeEmpty();
        run.Report.ShouldContain("No network was trained: no row is left to train on.");
        run.Performance.Notes.ShouldContain("Genuine taus against jets: no signal row is left; no curve");
    }

    // It is in one of three folds: two trainings see it or stop by it, and none has a second class.
    [SharedDataFact]
    public void Of_one_candidate_nothing_is_learned_and_the_yields_say_so_before_any_training()
    {
        using NanoAodRun run = Run([CutNanoAod.OfGenuine(1).Write(_raw.At("one.root"))]);

        run.Program.ExitCode.ShouldBe(0, run.Program.Error);
        string[] yields = [.. Enumerable.Range(0, 3).Select(fold => run.Text("shuffle_merge", $"fold{fold}", "train.yields.json"))];
        yields.Count(text => text.Contains("\"no_training\": \"all rows to train on are of class tau\"", StringComparison.Ordinal))
            .ShouldBe(1);
        yields.Count(text => text.Contains("\"no_training\": \"no row is left to train on\"", StringComparison.Ordinal)).ShouldBe(2);
        run.Column<float>("apply", "score_tau").ShouldHaveSingleItem().ShouldBe(float.NaN);
        run.Report.ShouldContain("all rows to train on are of class tau");
    }

    // Two folds or three: some are without the rows of a second class, or without one to stop by.
    [SharedDataFact]
    public void Of_four_candidates_those_without_a_network_have_no_score_and_the_rest_is_shown()
    {
        using NanoAodRun run = Run([CutNanoAod.Of(4).Write(_raw.At("four.root"))]);

        run.Program.ExitCode.ShouldBe(0, run.Program.Error);
        run.Column<float>("apply", "score_tau").Length.ShouldBe(run.Column<int>("ingest", "tau_type").Length);
        run.Column<float>("apply", "score_tau").ShouldContain(score => float.IsNaN(score));
        run.Report.ShouldContain("No network was trained");
    }

    [SharedDataFact]
    public void Of_29_candidates_stored_discriminators_are_drawn_with_the_area_of_all_pairs()
    {
        CutNanoAod cut = CutNanoAod.Of(29);
        using NanoAodRun run = Run([cut.Write(_raw.At("some.root"))]);

        run.Program.ExitCode.ShouldBe(0, run.Program.Error);
        RocEntry stored = run.Performance.RocCurve.Single(curve => curve.Discriminator == "mva_2015");
        (stored.AucScore!.Value, (int)stored.Signal, (int)stored.Background).ShouldBe(cut.PairArea("Tau_rawMVAoldDM"));
    }

    [SharedDataFact]
    public void Data_without_truth_are_counted_and_run_through()
    {
        CutNanoAod cut = CutNanoAod.Of(29);
        using NanoAodRun run = Run([cut.Write(_raw.At("data.root"), truth: false)]);

        run.Program.ExitCode.ShouldBe(0, run.Program.Error);
        run.Column<float>("apply", "tau_pt").Length.ShouldBe(29);
        run.Report.ShouldContain("No network was trained: no row is left to train on.");
        DistributionEntry stored = run.Performance.Distributions.Single(one => one.Discriminator == "mva_2015");
        double[] scores = cut.Selected("Tau_rawMVAoldDM");
        stored.Counts.Sum().ShouldBe(scores.Length);
        for (int i = 0; i < stored.Counts.Count; i++)
            stored.Counts[i].ShouldBe(scores.Count(score => stored.Edges[i] <= score && score < stored.Edges[i + 1]));
        run.Report.ShouldContain("Scores without truth");
        run.Report.ShouldContain("MVA old DM (2015) against jets: scores without truth");
        run.Text("plot", "distributions", "distribution_tau_vs_jet_mva_2015.svg").ShouldContain("Score of MVA old DM (2015) against jets");
    }

    internal static NanoAodRun Run(string[] files, params string[] arguments) =>
        new(new TempFolder(), [.. files.Select(file => $"--input={file}"), "--set=split.folds=3", "--set=train.epochs=1", .. arguments]);
}
