using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class PreviewTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_preview_of_nothing_built_writes_nothing()
    {
        Forecasts(Chain("p")).ShouldBe("First:WouldRun Last:WouldRun");

        Directory.Exists(_bench.Out).ShouldBeFalse();
    }

    [Fact]
    public void What_follows_a_stale_step_may_run_and_nothing_on_disk_changes()
    {
        _bench.Build(Chain("p"));
        Forecasts(Chain("p")).ShouldBe("First:UpToDate Last:UpToDate");
        string[] before = Tree();

        string forecasts = Forecasts(Chain("q"));

        forecasts.ShouldBe("First:WouldRun Last:MayRun");
        Tree().ShouldBe(before);
    }

    [Fact]
    public void A_preview_while_a_build_is_running_takes_no_lock()
    {
        string forecasts = "";
        Step step = _bench.Custom("A", "a.txt", [], (run, output) => run.Write(output, new ToyText("")));
        Step looking = _bench.Custom("B", "b.txt", [new StepInput("a", step.Writes[0])], (run, output) =>
        {
            forecasts = Forecasts([new ToyStage("A", step)]);
            run.Write(output, new ToyText(""));
        });

        _bench.Build(new ToyStage("A", step), new ToyStage("B", looking));

        forecasts.ShouldBe("A:UpToDate");
    }

    [Fact]
    public void The_state_of_a_folder_lists_each_step_and_its_products()
    {
        BuildState.Of(_bench.Out).ShouldBeEmpty();
        _bench.Build(Chain("p"));

        IReadOnlyList<StepState> state = BuildState.Of(_bench.Out);

        state.Select(step => step.Id).ShouldBe(["First", "Last"]);
        state[0].Products.ShouldHaveSingleItem().ShouldBe(new ProductState("first.txt", ArtifactKind.Product, 2, ContentHash.Of("pa")));
    }

    private IStage[] Chain(string prefix)
    {
        Step first = _bench.Join("First", "", "first.txt", [_bench.Raw("x", "a")], prefix);
        return [new ToyStage("First", first), new ToyStage("Last", _bench.Join("Last", "", "last.txt", first.Writes))];
    }

    private string Forecasts(IReadOnlyList<IStage> stages) =>
        string.Join(' ', BuildPreview.Of(_bench.Request(stages), CancellationToken.None).Select(look => $"{look.Step.Id}:{look.Forecast}"));

    private string[] Tree() =>
        [
            .. Directory.GetFileSystemEntries(_bench.Out, "*", SearchOption.AllDirectories)
                .Order()
                .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}"),
        ];
}
