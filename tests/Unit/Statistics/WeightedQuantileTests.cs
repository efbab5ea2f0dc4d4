using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

public sealed class WeightedQuantileTests
{
    // training-and-evaluation 11.2, computed with the original's function
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.1, 0.1)]
    [InlineData(0.125, 0.15)]
    [InlineData(0.3, 0.2)]
    [InlineData(0.5, 0.35)]
    [InlineData(0.51, 0.5)]
    [InlineData(0.875, 0.7)]
    [InlineData(0.9, 0.9)]
    [InlineData(1, 0.9)]
    public void The_worked_example_of_the_specification_holds(double probability, double expected) =>
        new WeightedQuantile([0.5, 0.2, 0.9, 0.1, 0.2], [3, 1, 1, 1, 2]).At(probability).ShouldBe(expected, 1e-15);

    [Fact]
    public void A_probability_that_rounding_moved_past_a_step_still_hits_it()
    {
        double[] twenty = [.. Enumerable.Range(0, 20).Select(i => (i + 0.5) / 20)];

        new WeightedQuantile(twenty).At(1 - 0.9).ShouldBe(0.1, 1e-12);
        new WeightedQuantile(twenty).At(0.1).ShouldBe(0.1, 1e-12);
    }

    [Fact]
    public void The_share_above_a_threshold_is_strict()
    {
        var sample = new WeightedQuantile([0.1, 0.2, 0.5, 0.9], [1, 3, 3, 1]);

        sample.ShareAbove(0.05).ShouldBe(1);
        sample.ShareAbove(0.2).ShouldBe(0.5);
        sample.ShareAbove(0.3).ShouldBe(0.5);
        sample.ShareAbove(0.9).ShouldBe(0);
    }

    [Fact]
    public void Nothing_of_positive_weight_is_an_error() => Should.Throw<StepFailed>(() => new WeightedQuantile([1, 2], [0, 0]));
}
