using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Which epoch gives the scores: <c>apply: checkpoint:</c>.</summary>
public sealed class AppliedModelTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    // The slope of each epoch is its number: softmax of (0, 0, epoch, 0) for x = 1.
    [Theory]
    [InlineData("epoch 20", 20)]
    [InlineData("epoch 40", 40)]
    [InlineData("last", 57)]
    [InlineData("best", 3)]
    public void Scores_are_those_of_the_epoch_that_is_asked_for(string checkpoint, int epoch) =>
        ((double)Score(checkpoint, 20, 40, 57)).ShouldBe(1 / (1 + 3 * Math.Exp(-0.1 * epoch)), 1e-6);

    [Fact]
    public void A_training_that_ended_before_that_epoch_says_which_there_are()
    {
        StepFailed failed = Should.Throw<StepFailed>(() => Score("epoch 80", 20, 40, 57));

        failed.Message.ShouldContain("there is no checkpoint of epoch 80");
        failed.Text.Facts.ShouldBe([("found", "20, 40, 57")]);
    }

    [Theory]
    [InlineData("epoch 40")]
    [InlineData("last")]
    public void Where_nothing_was_trained_no_row_has_a_score(string checkpoint) => Score(checkpoint, 0).ShouldBe(float.NaN);

    [Theory]
    [InlineData("checkpoints: 20, epochs: 90", "epoch 30", "every 20 of 90")]
    [InlineData("checkpoints: 20, epochs: 90", "epoch 100", "every 20 of 90")]
    [InlineData("checkpoints: 20, epochs: 90", "epoch 0", "every 20 of 90")]
    [InlineData("checkpoints: 20, epochs: 90", "epoch -20", "best, last, or epoch N")]
    [InlineData("checkpoints: 20, epochs: 90", "final", "best, last, or epoch N")]
    [InlineData("epochs: 90", "last", "train.checkpoints keeps none")]
    public void An_epoch_that_is_not_kept_is_told_before_anything_runs(string train, string checkpoint, string expected)
    {
        ConfigBlock root = Campaigns.Root($"train: {{ {train} }}\napply: {{ checkpoint: {checkpoint} }}");

        AppliedModel.Read(root.Block("apply"), TrainSettings.Read(root.Block("train"), ClassSettings.Standard));

        root.Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain(expected);
    }

    [Fact]
    public void The_last_epoch_of_all_is_kept_too()
    {
        ConfigBlock root = Campaigns.Root("train: { checkpoints: 20, epochs: 90 }\napply: { checkpoint: epoch 90 }");

        AppliedModel.Read(root.Block("apply"), TrainSettings.Read(root.Block("train"), ClassSettings.Standard));

        root.Mistakes.Found.ShouldBeEmpty();
    }

    private float Score(string checkpoint, params int[] epochs)
    {
        ConfigBlock root = Campaigns.Root($"train: {{ checkpoints: 20, epochs: 90 }}\napply: {{ checkpoint: {checkpoint} }}");
        TrainSettings train = TrainSettings.Read(root.Block("train"), ClassSettings.Standard);
        var flow = new ScoredFlow(model: AppliedModel.Read(root.Block("apply"), train));
        Training training = flow.Sampling.Training;
        _bench.Put(TrainStage.Model(training), ScoredFlow.Model(0.3f));
        _bench.Put(ScaleStage.Scaling(training), ScoredFlow.Scaling);
        string folder = Directory.CreateDirectory(_bench.At(TrainStage.Checkpoints(training))).FullName;
        foreach (int epoch in epochs)
        {
            TrainedModel model = ScoredFlow.Model(0.1f * epoch).Model;
            using FileStream file = File.Create(Path.Combine(folder, EpochCheckpoint.FileOf(epoch)));
            (epoch > 0 ? model : TrainedModel.WithoutTraining(model.Shape, "no row is left to train on")).Save(file);
        }
        foreach (Artifact part in flow.Sampling.Split.Shards.Files[0].Parts.Values)
            _bench.Put(part, ScoredFlow.Rows([StandardClasses.Tau], 1));

        _bench.Run(flow.Apply.Steps()[0]);

        return _bench.Rows(flow.Apply.Scores.Part("test")[0].Shard).Flat<float>("score_tau")[0];
    }
}
