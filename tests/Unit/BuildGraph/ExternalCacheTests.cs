using Shouldly;
using TauPipeline.BuildGraph;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Products of programs that are not ours, in a run cache.</summary>
public sealed class ExternalCacheTests
{
    [Fact]
    public void A_program_that_is_not_ours_comes_back_as_well_and_an_edited_one_runs()
    {
        using var external = new ExternalBench();
        external.Script("tool.sh", "echo one > outputs/made/it.txt");
        BuildRequest request = external.Request(ExternalBench.Tool("[]")) with { Cache = new CacheSettings(external.At("cache")) };
        external.Bench.Build(request).Count(StepOutcome.Ran).ShouldBe(1);

        external.Bench.Build(request with { Out = external.At("second") }).Count(StepOutcome.Restored).ShouldBe(1);
        File.ReadAllText(external.At("second/made/it.txt")).ShouldBe("one\n");
        external.Script("tool.sh", "echo two > outputs/made/it.txt");
        external.Bench.Build(request with { Out = external.At("third") }).Count(StepOutcome.Ran).ShouldBe(1);
    }
}
