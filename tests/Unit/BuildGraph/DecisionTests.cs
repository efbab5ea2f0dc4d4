using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Steps that cannot even be decided: they fail, and nothing else does.</summary>
public sealed class DecisionTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_folder_product_that_cannot_be_listed_fails_its_own_step()
    {
        BuildRequest request = _bench.Request(
            [
                new ToyStage("Tree", BuildBench.Tree("Tree", Artifact.Folder("tree"))),
                new ToyStage("Other", _bench.Join("Other", "", "other.txt", [])),
            ],
            "Tree",
            "Other") with
        {
            KeepGoing = true,
        };
        _bench.Build(request);
        using var path = new TooLongPath(Path.Combine(_bench.Out, "tree"));

        BuildSummary summary = _bench.Build(request);

        BuildBench.Outcomes(summary).ShouldBe("Tree:Failed Other:UpToDate");
        summary.FirstError.ShouldBeOfType<StepFailed>().Text.Facts[0].ShouldBe(("folder", Path.Combine(_bench.Out, "tree")));
        Should.Throw<StepFailed>(() => BuildPreview.Of(request, CancellationToken.None)).Text.Title.ShouldBe("a folder cannot be read");
    }

    [Fact]
    public void Whatever_else_breaks_in_deciding_a_step_is_a_failure_of_that_step()
    {
        IStage[] stages =
        [
            new ToyStage("One", _bench.Join("One", "", "one.txt", [])),
            new ToyStage("Other", _bench.Join("Other", "", "other.txt", [])),
        ];
        BuildRequest request = _bench.Request(stages, "One", "Other") with
        {
            KeepGoing = true,
            CodeChanges = (_, _, _) => throw new InvalidOperationException("no listing"),
        };
        _bench.Code["One"] = ContentHash.Of("before");
        _bench.Build(request);
        _bench.Code["One"] = ContentHash.Of("after");

        BuildSummary summary = _bench.Build(request);

        BuildBench.Outcomes(summary).ShouldBe("One:Failed Other:UpToDate");
        summary.FirstError.ShouldBeOfType<Defect>().Text.Title.ShouldBe("One: InvalidOperationException: no listing");
    }
}
