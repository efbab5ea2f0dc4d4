using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>A result of the cache that is already in its place: two names of one file, which rename(2) leaves as they are.</summary>
public sealed class RestoredLinkTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_same_content_restored_over_itself_leaves_nothing_to_the_next_step()
    {
        Build("x", "yz");
        Build("xy", "z");
        BuildBench.Outcomes(Build("x", "yz")).ShouldStartWith("Same:Restored ");

        BuildSummary again = Build("xy", "z");

        again.FirstError.ShouldBeNull();
        BuildBench.Outcomes(again).ShouldBe("Same:Restored Next:Ran");
        _bench.Read("same.txt").ShouldBe("xyz");
    }

    // The next step is another one in each build, and works in the folder that the first had.
    private BuildSummary Build(string prefix, string text)
    {
        Step same = _bench.Join("Same", "", "same.txt", [_bench.Raw("same", text)], prefix),
            next = _bench.Join("Next", "", "next.txt", [_bench.Raw("next", Path.GetRandomFileName())]);
        return _bench.Build(
            _bench.Request([new ToyStage("Same", same), new ToyStage("Next", next)], "Same", "Next") with
            {
                Cache = new CacheSettings(Path.Combine(_bench.Root, "cache"), Restore: CacheRestore.Link),
            });
    }
}
