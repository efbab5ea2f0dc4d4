using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.RunStore;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.RunStore;

/// <summary>Stores of several people in one.</summary>
public sealed class StoreMergeTests : IDisposable
{
    private static readonly string Second = new('b', 32);

    private readonly TempFolder _folder = new();
    private readonly MlflowStore _ours, _theirs;

    public StoreMergeTests() =>
        (_ours, _theirs) = (new MlflowStore(_folder.At("ours", "mlruns")), new MlflowStore(_folder.At("theirs", "runs", "mlruns")));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_that_both_have_is_one_run_whenever_and_by_whom_it_was_made()
    {
        StoredRun run = MlflowStoreTests.Run();
        _ours.Add(run);
        _theirs.Add(run with { User = "bob", Began = 5, Metrics = Later(run) });
        _theirs.Give(
            run with
            {
                Metrics = new Dictionary<string, IReadOnlyList<MetricPoint>> { ["evaluation/auc"] = [new(1, 0.9, 0)] },
                Artifacts = [new RunArtifact("performance.json", to => File.WriteAllText(to, "{}"))],
            },
            "evaluation");
        _theirs.Add(MlflowStoreTests.Run(Second));

        (int came, int known) = StoreMerge.Into(_ours, _folder.At("theirs")); // the folder of a campaign will do
        string[] once = Files();
        StoreMerge.Into(_ours, _theirs.Root).ShouldBe((0, 2));

        (came, known).ShouldBe((1, 1));
        Files().ShouldBe(once);
        IReadOnlyList<StoredRun> runs = _ours.Runs();
        runs.Select(one => one.Id).ShouldBe([run.Id, Second]);
        (runs[0].User, runs[0].Began, runs[0].Last("evaluation/auc")).ShouldBe(("ada", run.Began, 0.9));
        once.ShouldContain($"{run.Experiment.Id}/{run.Id}/artifacts/performance.json");
    }

    [Fact]
    public void A_run_of_MLflow_s_own_comes_without_the_place_where_its_files_were()
    {
        StoredRun run = MlflowStoreTests.Run();
        _theirs.Add(run);
        string meta = Path.Combine(_theirs.Root, run.Experiment.Id, run.Id, "meta.yaml");
        File.WriteAllText(meta, File.ReadAllText(meta).Replace("mlruns/", "file:///home/ada/mlruns/"));

        StoreMerge.Into(_ours, _theirs.Root);

        File.ReadAllText(Path.Combine(_ours.Root, run.Experiment.Id, run.Id, "meta.yaml")).ShouldNotContain("/home/ada");
        MlflowStoreTests.ShouldBeSame(_ours.Runs().ShouldHaveSingleItem(), run);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_differs_is_one_clear_error_and_nothing_is_taken(bool isOfSetting)
    {
        StoredRun run = MlflowStoreTests.Run();
        _ours.Add(run);
        _theirs.Add(MlflowStoreTests.Run(new string('a', 32)));
        _theirs.Add(
            isOfSetting
                ? run with { Params = new Dictionary<string, string>(run.Params) { ["train.epochs"] = "21" } }
                : run with
                {
                    Metrics = new Dictionary<string, IReadOnlyList<MetricPoint>>(run.Metrics) { ["train_loss"] = [new(1, 1.5, 1), new(2, 0.25, 2)] },
                });

        ErrorText error = Should.Throw<Misuse>(() => StoreMerge.Into(_ours, _theirs.Root)).Text;

        error.Title.ShouldBe($"run {run.Id} (first: try #1) differs from that in '{_theirs.Root}'");
        error.Facts.ShouldBe(
            isOfSetting
                ? [("differs", "setting train.epochs"), ("here", "20"), ("there", "21")]
                : [("differs", "number train_loss"), ("here", "0.30000000000000004 at step 2"), ("there", "0.25 at step 2")]);
        _ours.Runs().ShouldHaveSingleItem();
    }

    [Fact]
    public void What_is_no_store_is_told()
    {
        Directory.CreateDirectory(_folder.At("none"));

        Should.Throw<Misuse>(() => StoreMerge.Into(_ours, _folder.At("none"))).Text.Title.ShouldEndWith("holds no run");
        Should.Throw<Misuse>(() => StoreMerge.Into(_ours, _folder.At("nowhere"))).Text.Title.ShouldEndWith("holds no run");
    }

    [Fact]
    public void A_line_that_is_no_value_is_told_with_its_place()
    {
        StoredRun run = MlflowStoreTests.Run();
        _theirs.Add(run);
        string metric = Path.Combine(_theirs.Root, run.Experiment.Id, run.Id, "metrics", "train_loss");
        File.AppendAllText(metric, "oops\n");

        Should.Throw<Misuse>(() => StoreMerge.Into(_ours, _theirs.Root)).Text.Title.ShouldStartWith($"{metric}:3: ");
        _ours.Runs().ShouldBeEmpty();
    }

    private static Dictionary<string, IReadOnlyList<MetricPoint>> Later(StoredRun run) => run.Metrics.ToDictionary(
        one => one.Key, IReadOnlyList<MetricPoint> (one) => [.. one.Value.Select(point => point with { Time = point.Time + 1000 })]);

    private string[] Files() =>
    [
        .. Directory.EnumerateFiles(_ours.Root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_ours.Root, file))
            .Order(),
    ];
}
