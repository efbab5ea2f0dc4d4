using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class WorkingPointsStageTests : IDisposable
{
    private readonly StageBench _bench = new();
    private readonly ScoredFlow _flow = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Thresholds_come_from_selected_genuine_taus_of_the_calibration_part()
    {
        // 101 taus, tau's score rising from 0 to 1 with jet's score 0.5; fakes and unselected taus would shift the median.
        TauClass[] types = [.. Enumerable.Repeat(StandardClasses.Tau, 111), StandardClasses.Jet];
        Put(types, i => i < 101 ? 30 : 10, [.. Enumerable.Range(0, 112).Select(i => Math.Min(1f, i / 100f))]);
        var stage = new WorkingPointsStage(_flow.Apply.Scores, _flow.Sampling.Parts, Settings());

        StepRun run = _bench.Run(stage.Steps().Single());

        double threshold = _bench.Get(stage.Thresholds).Table.Against("jet").Single(row => row.Point == WorkingPoint.Medium).Threshold;
        threshold.ShouldBe(ScoreVs.Of(StandardClasses.Jet, [0.5f], [0.5f])[0], 0.01);
        run.Rows.Lines.ShouldContain(new LedgerLine(RowFate.Dropped, "not selected for working points", "tau", 10, 10));
        run.Rows.Lines.ShouldContain(new LedgerLine(RowFate.Dropped, "no signal", "jet", 1, 1));
    }

    [Fact]
    public void Without_a_genuine_tau_there_are_no_thresholds_and_the_table_says_why()
    {
        Put([StandardClasses.Jet], _ => 30, [0.5f]);

        Found().ShouldSatisfyAllConditions(
            table => table.Rows.ShouldBeEmpty(),
            table => table.Lacking.ShouldBe("the calibration rows have no row of tau that is selected by (tau_pt > 20)"));
    }

    // As of a model that could not be trained.
    [Fact]
    public void Without_any_score_there_are_no_thresholds_and_every_row_is_counted()
    {
        Put([StandardClasses.Tau, StandardClasses.Tau, StandardClasses.Jet], _ => 30, [float.NaN, float.NaN, float.NaN]);

        Found().Lacking.ShouldBe("no row of tau among the calibration rows has a score");
        _last!.Rows.Lines.ShouldContain(new LedgerLine(RowFate.Dropped, "no score", "tau", 2, 2));
    }

    [Fact]
    public void Taus_without_a_score_are_left_out_and_move_no_threshold()
    {
        TauClass[] types = [.. Enumerable.Repeat(StandardClasses.Tau, 101)];
        float[] scores = [.. Enumerable.Range(0, 101).Select(i => i / 100f)];
        Put(types, _ => 30, scores);
        WorkingPointTable whole = Found();

        Put([.. types, .. types], _ => 30, [.. scores, .. types.Select(_ => float.NaN)]);

        Found().Rows.Single().ShouldSatisfyAllConditions(
            row => row.Threshold.ShouldBe(whole.Rows.Single().Threshold), row => row.Achieved.ShouldBe(whole.Rows.Single().Achieved));
    }

    private StepRun? _last;

    private WorkingPointTable Found()
    {
        var stage = new WorkingPointsStage(_flow.Apply.Scores, _flow.Sampling.Parts, Settings());
        _last = _bench.Run(stage.Steps().Single());
        return _bench.Get(stage.Thresholds).Table;
    }

    [Fact]
    public void All_mistakes_of_the_block_come_at_once_and_before_any_work()
    {
        ConfigBlock root = Campaigns.Root("""
            working_points:
              efficiencies:
                jet: { Tight: 0.9, Loose: 0.5, Mediumm: 0.7 }
                ee: { Loose: 0.9 }
                eee: { Loose: 0.9 }
              require: { jet: VVLoose, e: Loose, tau: Loose }
            """);

        WorkingPointsSettings.Read(root.Block("working_points"), root.Block("definitions"), ClassSettings.Standard);

        string all = string.Join('\n', root.Mistakes.Found);
        all.ShouldContain("Tight against jet must have a smaller efficiency than Loose");
        all.ShouldContain("Mediumm");
        all.ShouldContain("ee, nearest e");
        all.ShouldContain("VVLoose against jet is required, but it is not among the working points to find");
        all.ShouldContain("none against e");
        all.ShouldContain("tau, nearest");
    }

    private static WorkingPointsSettings Settings()
    {
        ConfigBlock root = Campaigns.Root(
            "definitions: { selection: tau_pt > 20 }\nworking_points: { efficiencies: { jet: { Medium: 0.5 } } }");
        WorkingPointsSettings settings = WorkingPointsSettings.Read(
            root.Block("working_points"),
            root.Block("definitions"),
            ClassSettings.Standard);
        Campaigns.MistakesOf(root).ShouldBeEmpty();
        return settings;
    }

    private void Put(TauClass[] types, Func<int, float> pt, float[] tau)
    {
        Batch rows = ShardRows.Of(types, pt: pt)
            .With([
                ScoredBatch.Constant(CandidateColumns.Weight, 1f, types.Length),
                .. StandardClasses.Scheme.Trained.Select(CandidateColumns.Score)
                    .Select(name =>
            name == "score_tau"
                ? new Column<float>(name, tau)
                : ScoredBatch.Constant(name, name == "score_jet" ? 0.5f : 0f, types.Length)),
]);
        PartShard[] shards = [.. _flow.Apply.Scores.Part("calibration")];
        _bench.Put(shards[0].Shard, rows);
        _bench.Put(shards[1].Shard, rows.Take([]));
    }
}
