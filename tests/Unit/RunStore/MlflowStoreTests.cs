using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.RunStore;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.RunStore;

/// <summary>The files of a run store, field by field, against the layout that MLflow documents.</summary>
public sealed class MlflowStoreTests : IDisposable
{
    private const string Id = "12345678901234567890123456789012"; // without quotes YAML would take it for a number

    private readonly TempFolder _folder = new();
    private readonly MlflowStore _store;

    public MlflowStoreTests() => _store = new MlflowStore(_folder.At("runs", "mlruns"));

    public void Dispose() => _folder.Dispose();

    internal static StoredRun Run(string id = Id) => new()
    {
        Experiment = Experiment.Named("it's \"demo\": 1"),
        Id = id,
        Name = "first: try #1",
        User = "ada",
        Began = 1_700_000_000_000,
        Ended = 1_700_000_060_000,
        Params = new Dictionary<string, string> { ["empty"] = "", ["train.epochs"] = "20", ["train.hidden"] = "[64, 32]" },
        Tags = new Dictionary<string, string> { ["mlflow.runName"] = "first: try #1" },
        Metrics = new Dictionary<string, IReadOnlyList<MetricPoint>>
        {
            ["batch/train_loss"] = [new(1_700_000_001_000, double.NaN, 1), new(1_700_000_001_500, double.PositiveInfinity, 2)],
            ["train_loss"] = [new(1_700_000_010_000, 1.5, 1), new(1_700_000_020_000, 0.1 + 0.2, 2)],
        },
        Artifacts = [new RunArtifact("logs/a.txt", to => File.WriteAllText(to, "a"))],
    };

    internal static void ShouldBeSame(StoredRun read, StoredRun written)
    {
        var none = new Dictionary<string, IReadOnlyList<MetricPoint>>();
        (read with { Metrics = none }).ShouldBeEquivalentTo(written with { Metrics = none, Artifacts = [] });
        read.Metrics.Keys.ShouldBe(written.Metrics.Keys);
        foreach ((string name, IReadOnlyList<MetricPoint> points) in written.Metrics) read.Metrics[name].ShouldBe(points);
    }

    [Fact]
    public void Every_file_is_as_the_layout_has_it()
    {
        StoredRun run = Run();
        _store.Add(run);
        string experiment = Path.Combine(_store.Root, run.Experiment.Id), folder = Path.Combine(experiment, Id);

        run.Experiment.Id.ShouldMatch(@"^[1-9]\d{17}$");
        Keys(File.ReadAllText(Path.Combine(experiment, "meta.yaml"))).ShouldBe(
            ["artifact_location", "creation_time", "experiment_id", "last_update_time", "lifecycle_stage", "name"]);
        File.ReadAllLines(Path.Combine(folder, "meta.yaml")).ShouldBe(
        [
            $"artifact_uri: \"mlruns/{run.Experiment.Id}/{Id}/artifacts\"",
            "deleted_time: null",
            "end_time: 1700000060000",
            "entry_point_name: \"\"",
            $"experiment_id: \"{run.Experiment.Id}\"",
            "lifecycle_stage: \"active\"",
            $"run_id: \"{Id}\"",
            "run_name: \"first: try #1\"",
            $"run_uuid: \"{Id}\"",
            "source_name: \"\"",
            "source_type: 4",
            "source_version: \"\"",
            "start_time: 1700000000000",
            "status: 3",
            "tags: []",
            "user_id: \"ada\"",
        ]);
        Text(folder, "params/train.hidden").ShouldBe("[64, 32]");
        Text(folder, "params/empty").ShouldBe("");
        Text(folder, "tags/mlflow.runName").ShouldBe("first: try #1");
        Text(folder, "metrics/train_loss").ShouldBe("1700000010000 1.5 1\n1700000020000 0.30000000000000004 2\n");
        Text(folder, "metrics/batch/train_loss").ShouldBe("1700000001000 nan 1\n1700000001500 inf 2\n");
        Text(folder, "artifacts/logs/a.txt").ShouldBe("a");
        Directory.GetFileSystemEntries(_folder.At("runs")).ShouldHaveSingleItem(); // nothing unfinished is left beside it
    }

    [Fact]
    public void What_is_read_is_what_was_written_also_after_the_folder_has_moved()
    {
        _store.Add(Run());
        Directory.Move(_folder.At("runs"), _folder.At("elsewhere"));

        StoredRun read = new MlflowStore(_folder.At("elsewhere", "mlruns")).Runs().ShouldHaveSingleItem();

        ShouldBeSame(read, Run());
        File.Exists(Path.Combine(_folder.At("elsewhere"), $"mlruns/{read.Experiment.Id}/{Id}/artifacts/logs/a.txt")).ShouldBeTrue();
        Directory.EnumerateFiles(_folder.At("elsewhere"), "*", SearchOption.AllDirectories)
            .ShouldAllBe(file => !File.ReadAllText(file).Contains(_folder.At("runs")));
    }

    // PyYAML writes texts bare or in single quotes, and folds long ones.
    [Fact]
    public void Runs_that_MLflow_wrote_are_read()
    {
        string folder = Path.Combine(_store.Root, "0", Id);
        Directory.CreateDirectory(Path.Combine(folder, "metrics"));
        File.WriteAllText(Path.Combine(_store.Root, "0", "meta.yaml"), "artifact_location: file:///x/mlruns/0\nexperiment_id: '0'\nname: Default\n");
        File.WriteAllText(
            Path.Combine(folder, "meta.yaml"),
            "artifact_uri: file:///x/mlruns/0/y/artifacts\nend_time: null\nrun_name: quite a\n  long name\nstart_time: 5\nstatus: 1\nuser_id: 'o''b'\n");
        File.WriteAllText(Path.Combine(folder, "metrics", "loss"), "7 1e-05\n8 0.5 3\n");

        StoredRun run = _store.Runs().ShouldHaveSingleItem();

        (run.Experiment.Name, run.Name, run.User, run.Began, run.Ended, run.Status)
            .ShouldBe(("Default", "quite a long name", "o'b", 5, null, RunStatus.Running));
        run.Metrics["loss"].ShouldBe([new MetricPoint(7, 1e-5, 0), new MetricPoint(8, 0.5, 3)]);
        run.Last("loss").ShouldBe(0.5);
    }

    [Fact]
    public void A_writer_that_was_killed_leaves_nothing_that_a_reader_sees()
    {
        StoredRun broken = Run() with { Artifacts = [new RunArtifact("late", _ => throw new IOException("killed"))] };

        Should.Throw<IOException>(() => _store.Add(broken));

        _store.Runs().ShouldBeEmpty();
        _store.Has(broken).ShouldBeFalse();
        _store.Add(Run());
        _store.Runs().Count.ShouldBe(1);
    }

    [Fact]
    public void A_group_of_numbers_takes_the_place_of_the_one_before_and_its_word_comes_last()
    {
        _store.Add(Run());
        _store.Give(Given("old", ("evaluation/auc/a", 0.5), ("evaluation/auc/gone", 0.6)), "evaluation");
        StoredRun broken = Given("new", ("evaluation/auc/a", 0.7)) with { Artifacts = [new RunArtifact("x", _ => throw new IOException())] };

        Should.Throw<IOException>(() => _store.Give(broken, "evaluation"));
        string? interrupted = _store.Tag(broken, "tau.evaluation");
        _store.Give(broken with { Artifacts = [] }, "evaluation");

        interrupted.ShouldBeNull(); // so it is given again
        _store.Tag(broken, "tau.evaluation").ShouldBe("new");
        StoredRun read = _store.Runs().ShouldHaveSingleItem();
        read.Metrics.Keys.Order().ShouldBe(["batch/train_loss", "evaluation/auc/a", "train_loss"]);
        read.Last("evaluation/auc/a").ShouldBe(0.7);
        read.Params.ShouldBe(Run().Params);
    }

    // What MLflow takes for a name, and what a file may be called.
    [Theory]
    [InlineData("train.epochs", true)]
    [InlineData("rate at 0.6", true)]
    [InlineData("a/b", false)]
    [InlineData("pt, GeV", false)]
    [InlineData("η", false)]
    [InlineData("..", false)]
    [InlineData("", false)]
    [InlineData(" a", false)]
    public void Names_are_ones_that_MLflow_takes(string text, bool stays)
    {
        string name = StoreNames.Part(text);

        (name == text).ShouldBe(stays);
        Regex.IsMatch(name, @"^[\w\-. ]+$", RegexOptions.ECMAScript).ShouldBeTrue();
        name.Trim('.', ' ').ShouldNotBeEmpty();
    }

    [Fact]
    public void Names_of_different_texts_differ()
    {
        string[] texts = ["a,b", "a;b", "a_b", new('x', 300), new('x', 301)];

        string[] names = [.. texts.Select(StoreNames.Part)];

        names.ShouldBeUnique();
        names.ShouldAllBe(name => name.Length < 250);
    }

    private static StoredRun Given(string word, params (string Name, double Value)[] numbers) => Run() with
    {
        Params = new Dictionary<string, string>(),
        Metrics = numbers.ToDictionary(one => one.Name, IReadOnlyList<MetricPoint> (one) => [new MetricPoint(1, one.Value, 0)]),
        Tags = new Dictionary<string, string> { ["tau.evaluation"] = word },
        Artifacts = [],
    };

    private static string[] Keys(string yaml) =>
        [.. yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0])];

    private static string Text(string folder, string name) => File.ReadAllText(Path.Combine(folder, name));
}
