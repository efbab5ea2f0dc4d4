using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class ApplyStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Rows_keep_their_order_and_carry_scores_truth_and_kinematics()
    {
        var flow = new ScoredFlow();
        PutModel(flow, flow.Sampling.Training, slope: 1);
        _bench.Put(flow.Sampling.Split.Shards.Files[0].Parts["calibration"], ScoredFlow.Rows([StandardClasses.Tau], 0));
        _bench.Put(
            flow.Sampling.Split.Shards.Files[0].Parts["test"],
            ScoredFlow.Rows([StandardClasses.Tau, StandardClasses.Jet, StandardClasses.Tau], 0, 1, -1));

        StepRun run = _bench.Run(flow.Apply.Steps()[0]);

        Batch scored = _bench.Rows(flow.Apply.Scores.Part("test")[0].Shard);
        float[] tau = [.. scored.Flat<float>("score_tau").ToArray()];
        // softmax of (0, 0, x, 0)
        foreach ((float score, double x) in tau.Zip([0.0, 1, -1])) ((double)score).ShouldBe(Math.Exp(x) / (Math.Exp(x) + 3), 1e-6);
        scored.Flat<ulong>(CandidateColumns.Evt).ToArray().ShouldBe([0ul, 1ul, 2ul]);
        scored.Schema.Find("x").ShouldBeNull();
        run.Rows.Lines.ShouldContain(new LedgerLine(RowFate.Out, "test", "jet", 1, 1));
    }

    [Fact]
    public void A_fold_is_scored_by_the_network_that_has_not_seen_it()
    {
        var flow = new ScoredFlow("split: { folds: 3 }");
        for (int fold = 0; fold < 3; fold++) PutModel(flow, flow.Sampling.Parts.Trainings[fold], slope: fold);
        foreach (Artifact part in flow.Sampling.Split.Shards.Files[0].Parts.Values)
            _bench.Put(part, ScoredFlow.Rows([StandardClasses.Tau], 1));

        _bench.Run(flow.Apply.Steps()[0]);

        for (int fold = 0; fold < 3; fold++)
            ((double)_bench.Rows(flow.Apply.Scores.Part($"fold{fold}")[0].Shard).Flat<float>("score_tau")[0]).ShouldBe(
                Math.Exp(fold) / (Math.Exp(fold) + 3),
                1e-6);
        flow.Sampling.Parts.Trainings.ShouldAllBe(training =>
            !training.Train.Contains(training.Name) && !training.Validation.Contains(training.Name));
    }

    private void PutModel(ScoredFlow flow, Training training, float slope)
    {
        flow.Apply.Steps()[0].Reads.Count(read => read.Artifact.Path == TrainStage.Model(training).Path).ShouldBe(1);
        _bench.Put(TrainStage.Model(training), ScoredFlow.Model(slope));
        _bench.Put(ScaleStage.Scaling(training), ScoredFlow.Scaling);
    }
}
