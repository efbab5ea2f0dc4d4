using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>
/// Each operation of a training, alone, on this processor and on emulated ones. Emulation does not prove everything: approximations
/// that are a maker's own (<c>rsqrtps</c>) are the emulator's there, which is why a difference from the real processor counts.
/// </summary>
[Collection(TensorFixture.Collection)]
public sealed class ProcessorTests
{
    [LongTheory]
    [InlineData("Haswell", 1)]
    [InlineData("EPYC", 1)]
    [InlineData("Skylake-Client", 1)]
    [InlineData("Haswell", 2)]
    [InlineData("EPYC", 2)]
    public void Every_operation_of_a_training_gives_the_same_bytes_on_another_processor(string processor, int threads)
    {
        if (!NumbersRun.CanEmulate) return;

        NumbersRun.On(processor, "operations", $"{threads}").ShouldBe(NumbersRun.Here("operations", $"{threads}"));
    }

    [TensorFact]
    public void Every_operation_gives_the_same_bytes_twice()
    {
        IReadOnlyList<string> first = NumbersRun.Here("operations", "2");

        first.Count.ShouldBe(24);
        NumbersRun.Here("operations", "2").ShouldBe(first);
        first.Select(line => line.Split(' ')[1]).Distinct().Count().ShouldBe(first.Count);
    }
}
