using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Learning;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Sweeps: their points, and which of them is chosen.</summary>
public sealed class ChooseStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_grid_is_every_combination_and_a_list_what_it_says()
    {
        SweepSettings grid = Read("grid: { learning_rate: [1e-3, 1e-2], hidden: [[32, 16], [8]] }", out ConfigBlock root);
        SweepSettings list = Read("list: [{ learning_rate: 1e-4 }, { schedule.warm_up: 2, batch_size: 100 }]", out ConfigBlock second);

        grid.Points.Select(point => point.Point).ShouldBe(
        [
            "learning_rate=1e-3,hidden=32x16", "learning_rate=1e-3,hidden=8", "learning_rate=1e-2,hidden=32x16",
            "learning_rate=1e-2,hidden=8",
        ]);
        grid.Points.Select(point => point.Plan.LearningRate).ShouldBe([1e-3, 1e-3, 1e-2, 1e-2]);
        list.Points.Select(point => (point.Point, point.Plan.BatchSize))
            .ShouldBe([("learning_rate=1e-4", 200), ("schedule.warm_up=2,batch_size=100", 100)]);
        Campaigns.MistakesOf(root).Concat(Campaigns.MistakesOf(second)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("grid: { learning_rte: [1] }", ":2: 'train' has no key 'learning_rte'")]
    [InlineData("grid: { learning_rate: [-1] }", ":2: 'train.learning_rate' is not between 1E-12 and 10")]
    [InlineData("grid: { learning_rate: 0.1 }", ":2: 'sweep.grid.learning_rate' is not a list of values")]
    [InlineData("grid: { learning_rate: [0.1, 1e-1] }", ":2: 'sweep.grid' is not of points that differ")]
    [InlineData("grid: { threads: [1], network: [deeptau] }", ":2: 'sweep.grid' is not of networks that take constituents")]
    [InlineData("grid: { checkpoints: [1] }", ":2: 'sweep.grid' is not of trainings that keep checkpoints")]
    [InlineData("grid: { loss.name: [cross_entropy, focal] }", "'sweep.choose' is not a number that losses of several kinds")]
    [InlineData("grid: { epochs: [1] }, list: [{ epochs: 2 }]", ":2: 'sweep.list' is not there, or a grid in its stead")]
    [InlineData("choose: validation_loss", "'sweep.list' is not there, or a grid in its stead")]
    [InlineData("grid: { epochs: [1] }, choose: luck", ":2: 'sweep.choose' cannot be 'luck'")]
    public void What_is_wrong_is_told_with_its_place(string sweep, string expected)
    {
        Read(sweep, out ConfigBlock root);

        string.Join('\n', Campaigns.MistakesOf(root)).ShouldContain(expected);
    }

    [Fact]
    public void Without_the_block_there_is_no_stage_and_no_other_step()
    {
        IStage[] plain = [.. Campaigns.Smoke()], swept = [.. Campaigns.Smoke("+sweep={ list: [{ epochs: 1 }, { epochs: 2 }] }")];

        plain.ShouldNotContain(stage => stage.Name == "Choose");
        Ids(swept).Except(Ids(plain)).ShouldBe(["Train/epochs=1", "Train/epochs=2", "Choose", "Plot/sweep"]);
        Ids(plain).Except(Ids(swept)).ShouldBe(["Train"]);
        Step alone = Only(plain, "Train"), point = Only(swept, "Train/epochs=1");
        point.Settings.Hash().ShouldBe(alone.Settings.Hash());
        Only(swept, "Choose").Writes.ShouldContain(artifact => artifact.Path == alone.Writes[0].Path);
    }

    [Theory]
    [InlineData("validation_loss", "a=1", new[] { 0.5, 0.75 }, new[] { 0.9, 0.1 }, new[] { 0.1, 0.2 }, new[] { 0.3, 0.1 })] // 0.3 is lowest
    [InlineData("validation_loss", "a=0", new[] { 0.25, 0.75 }, new[] { 0.5 }, new[] { 0.1, 0.2 }, new[] { 0.3 })] // equals: the first
    [InlineData("validation_accuracy", "a=1", new[] { 0.25, 0.75 }, new[] { 0.5 }, new[] { 0.5, 0.9 }, new[] { 0.6 })] // of the best epoch
    public void One_point_is_chosen_by_the_rule(
        string rule, string expected, double[] losses, double[] otherLosses, double[] accuracies, double[] otherAccuracies)
    {
        SweepFile found = Choose(rule, 1, History(losses, accuracies), History(otherLosses, otherAccuracies));

        found.Chosen.ShouldBe(expected.Replace("a=", "epochs=", StringComparison.Ordinal));
    }

    [Fact]
    public void Folds_share_one_choice_by_their_mean_and_its_model_has_the_same_bytes()
    {
        SweepFile found = Choose("validation_loss", 2, History([0.2], [0]), History([0.3], [0]), History([0.6], [0]), History([0.4], [0]));

        (found.Chosen, found.Points[0].Value, found.Points[1].Value).ShouldBe(("epochs=1", (0.2 + 0.6) / 2, (0.3 + 0.4) / 2));
        File.ReadAllBytes(_bench.At(TrainStage.Model(Fold(1)))).ShouldBe(File.ReadAllBytes(_bench.At(TrainStage.Model(Fold(1), "epochs=1"))));
        _bench.Get(TrainStage.History(Fold(1))).History.Epochs[0].ValidationLoss.ShouldBe(0.4);
        File.ReadAllLines(_bench.At(ChooseStage.Table)).ShouldBe(
        [
            "point,training,chosen,epochs,best_epoch,train_loss,validation_loss,validation_accuracy",
            "\"epochs=0\",fold0,0,1,1,1,0.2,0", "\"epochs=0\",fold1,0,1,1,1,0.6,0", "\"epochs=1\",fold0,1,1,1,1,0.3,0",
            "\"epochs=1\",fold1,1,1,1,1,0.4,0",
        ]);
    }

    [Fact]
    public void A_point_without_a_training_is_chosen_last()
    {
        SweepFile found = Choose("validation_loss", 1, History([], []), History([9], [0]));

        found.Chosen.ShouldBe("epochs=1");
        found.Points[0].Value.ShouldBeNull();
        File.ReadAllText(_bench.At(ChooseStage.Choice)).ShouldNotContain("NaN");
    }

    private static SweepSettings Read(string sweep, out ConfigBlock root)
    {
        root = Campaigns.Root($"train: {{ batch_size: 200 }}\nsweep: {{ {sweep} }}");
        TrainSettings train = TrainSettings.Read(root.Block("train"), ClassSettings.Standard);
        return SweepSettings.Read(root.Block("sweep"), root.Block("train"), train, ClassSettings.Standard);
    }

    // Histories: fold by fold, both points of each.
    private SweepFile Choose(string rule, int folds, params TrainingHistory[] histories)
    {
        ConfigBlock root = Campaigns.Root($"split: {{ folds: {folds} }}");
        var points = new[] { "epochs=0", "epochs=1" };
        TrainSettings train = TrainSettings.Read(root.Block("train"), ClassSettings.Standard);
        var sweep = new SweepSettings(
            [.. points.Select(name => train with { Point = name })],
            rule == "validation_loss" ? SweepRule.ValidationLoss : SweepRule.ValidationAccuracy,
            root.Block("sweep").Used());
        SplitSettings parts = SplitSettings.Read(root.Block("split"));
        for (int i = 0; i < histories.Length; i++)
        {
            _bench.Put(TrainStage.Model(parts.Trainings[i / 2], points[i % 2]), ScoredFlow.Model(0.1f * i));
            _bench.Put(TrainStage.History(parts.Trainings[i / 2], points[i % 2]), new HistoryFile(histories[i]));
        }

        _bench.Run(new ChooseStage(parts, sweep).Steps().Single());
        return _bench.Get(ChooseStage.Choice);
    }

    private static Training Fold(int fold) => SplitSettings.Read(Campaigns.Root("split: { folds: 2 }").Block("split")).Trainings[fold];

    private static TrainingHistory History(double[] losses, double[] accuracies) => new(
        [.. losses.Zip(accuracies).Select((one, index) => new EpochRecord(index + 1, 1, one.First, one.Second, 0.1, []))]);

    private static string[] Ids(IEnumerable<IStage> stages) => [.. stages.SelectMany(stage => stage.Steps()).Select(step => step.Id)];

    private static Step Only(IEnumerable<IStage> stages, string id) =>
        stages.SelectMany(stage => stage.Steps()).Single(step => step.Id == id);
}
