using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.RunStore;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>A training's step, history and journal as a run.</summary>
public sealed class KeptTrainingTests : IDisposable
{
    private static readonly ContentHash Fingerprint = ContentHash.Of("a training");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Step Training(params (string Path, string Value)[] more) => new()
    {
        Stage = "Train",
        Key = "fold1",
        Reads = [],
        Writes = [new Artifact<HistoryFile>("train/fold1/history.json"), Artifact.Folder("train/fold1/checkpoints")],
        Settings = new SettingsUsed(
        [
            new("classes.0", "tau signal"),
            new("classes.1", "jet background"),
            new("train.epochs", "2"),
            new("definitions.features.pt.range", "[0, 1]"),
            .. more.Select(one => KeyValuePair.Create(one.Path, one.Value)),
        ]),
        Work = _ => { },
        Tools = ["TorchSharp 1"],
    };

    private StoredRun Made(Step step, string journal = "")
    {
        Directory.CreateDirectory(_folder.At("train", "fold1"));
        HistoryFile.Write(
            new ProductOutput(_folder.At("train", "fold1", "history.json")),
            new HistoryFile(new TrainingHistory(
            [
                new EpochRecord(1, 1.5, 1.25, 0.5, 0.1, [1, null]),
                new EpochRecord(2, 1.25, 1.375, 0.625, 0.05, [0.5, 2]),
            ])));
        File.WriteAllText(_folder.At("journal"), journal);
        return KeptTraining.Of(
            KeptTraining.Named("demo", step, Fingerprint), step, product => _folder.At(product.Path), _folder.At("journal"), 9_000);
    }

    [Fact]
    public void Epochs_are_numbers_at_the_times_of_the_journal()
    {
        StoredRun run = Made(Training(), """
            {"series":"batch","at":1000,"epoch":1,"batch":1,"loss":9,"rate":0.1}
            {"series":"batch","at":1500,"epoch":1,"batch":2,"loss":2,"rate":0.1}
            {"series":"epoch","at":2000,"epoch":1,"train loss":1.5}
            {"series":"batch","at":25
            {"series":"batch","at":3000,"epoch":1,"batch":2,"loss":1.75,"rate":0.1}
            {"series":"epoch","at":4000,"epoch":1,"train loss":1.5}
            {"series":"batch","at":5000,"epoch":2,"batch":1,"loss":null,"rate":0.05}
            {"series":"epoch","at":6000,"epoch":2,"train loss":1.25}
            """);

        (run.Name, run.Began, run.Ended).ShouldBe(("demo fold1", 1000, 6000));
        run.Metrics["train_loss"].ShouldBe([new MetricPoint(4000, 1.5, 1), new MetricPoint(6000, 1.25, 2)]);
        run.Metrics["validation_loss"].ShouldBe([new MetricPoint(4000, 1.25, 1), new MetricPoint(6000, 1.375, 2)]);
        run.Metrics["validation_loss_of/tau"].Select(point => point.Value).ShouldBe([1, 0.5]);
        run.Metrics["validation_loss_of/jet"].ShouldBe([new MetricPoint(6000, 2, 2)]); // none in the first epoch
        (run.Last("best_epoch"), run.Last("best_validation_loss")).ShouldBe((1, 1.25));
        run.Metrics["batch/train_loss"].ShouldBe(
            [new MetricPoint(1000, 9, 1), new MetricPoint(3000, 1.75, 2), new MetricPoint(5000, double.NaN, 3)]);
    }

    [Fact]
    public void Without_a_journal_all_is_noted_when_it_ended()
    {
        StoredRun run = Made(Training());

        (run.Began, run.Ended).ShouldBe((9000, 9000));
        run.Metrics["train_loss"].ShouldAllBe(point => point.Time == 9000);
        run.Metrics.ShouldNotContainKey("batch/train_loss");
    }

    [Fact]
    public void Settings_are_params_and_those_of_features_a_file_whose_sum_tells_them_apart()
    {
        StoredRun run = Made(Training()), other = Made(Training(("definitions.features.pt.range", "[0, 2]")));

        run.Params.Keys.Order().ShouldBe(["classes.0", "classes.1", "definitions", "train.epochs"]);
        run.Params["train.epochs"].ShouldBe("2");
        other.Params.Where(one => run.Params[one.Key] != one.Value).Select(one => one.Key).ShouldBe(["definitions"]);
        run.Artifacts.Select(artifact => artifact.Path.Split('/')[0]).Distinct()
            .ShouldBe(["history.json", "settings.txt", "tensorboard_logs"]);
        run.Artifacts[1].Write(_folder.At("settings.txt"));
        File.ReadAllLines(_folder.At("settings.txt")).ShouldContain("definitions.features.pt.range: [0, 1]");
    }

    [Fact]
    public void The_fingerprint_is_the_run()
    {
        StoredRun one = KeptTraining.Named("demo", Training(), Fingerprint), again = KeptTraining.Named("demo", Training(), Fingerprint),
            other = KeptTraining.Named("demo", Training(), ContentHash.Of("another"));

        one.Id.ShouldMatch("^[0-9a-f]{32}$");
        again.Id.ShouldBe(one.Id);
        other.Id.ShouldNotBe(one.Id);
        KeptTraining.IsTraining(Training()).ShouldBeTrue();
        KeptTraining.IsEvaluation(Training()).ShouldBeFalse();
    }
}
