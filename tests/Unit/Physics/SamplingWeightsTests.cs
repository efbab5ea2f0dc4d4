using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>Weaver's golden values (modern-peers 1.1): threshold 10, class weights 1 and 2.</summary>
public sealed class SamplingWeightsTests
{
    private static readonly Dictionary<int, double> Parts = new() { [0] = 1, [1] = 2 };

    private static SortedDictionary<int, double[]> Counts => new() { [0] = [100, 50, 20, 10], [1] = [1000, 200, 40, 0] };

    [Fact]
    public void Flat_weights_are_weavers()
    {
        SortedDictionary<int, double[]> weights = new SamplingWeights(SamplingMethod.Flat, null, 10).Of("w", Counts, Parts);

        weights[0].ShouldBe([0.117, 0.234, 0.585, 0.9], 1e-12);
        weights[1].ShouldBe([0.034513, 0.172565, 0.479348, 0], 5e-7);
        Yield(weights, 0).ShouldBe(44.1, 1e-9);
        Yield(weights, 1).ShouldBe(88.2, 1e-9);
    }

    [Fact]
    public void Weights_after_the_first_class_are_weavers()
    {
        SortedDictionary<int, double[]> weights = new SamplingWeights(SamplingMethod.Reference, null, 10).Of("w", Counts, Parts);

        weights[0].ShouldBe([0.9, 0.9, 0.9, 0.9], 1e-12);
        weights[1].ShouldBe([0.192857, 0.482143, 0.867857, 0], 5e-7);
        Yield(weights, 0).ShouldBe(162, 1e-9);
        Yield(weights, 1).ShouldBe(324, 1e-9);
    }

    [Fact]
    public void Another_class_may_be_the_one_that_others_follow()
    {
        SortedDictionary<int, double[]> weights = new SamplingWeights(SamplingMethod.Reference, 1, 0).Of("w", Counts, Parts);

        // Ratios 10, 4, 2 and 0: the largest of them aimed at, so that the shape is the other's where there are rows.
        double[] shape = [.. weights[0].Zip(Counts[0], (weight, count) => weight * count)];
        (shape[0] / shape[1]).ShouldBe(5, 1e-12);
        (shape[0] / shape[2]).ShouldBe(25, 1e-12);
        shape[3].ShouldBe(0);
    }

    [Fact]
    public void A_cell_with_next_to_nothing_does_not_thin_all_others()
    {
        // 0.5 is less than a hundredth of the median of 100: what is aimed at is 100, not what lies towards 0.5.
        double[] weights = new SamplingWeights(SamplingMethod.Flat, null, 0).Of(
            "w", new() { [0] = [100, 100, 100, 200, 0.5] }, new Dictionary<int, double>())[0];

        weights.ShouldBe([0.9, 0.9, 0.9, 0.45, 0.9], 1e-12);
    }

    [Fact]
    public void A_class_without_rows_is_an_error_that_names_it() =>
        Should.Throw<StepFailed>(() => new SamplingWeights(SamplingMethod.Flat, null, 10).Of("w", new() { [0] = [1], [3] = [0] }, Parts))
            .Text.Title.ShouldContain("class 3");

    private static double Yield(SortedDictionary<int, double[]> weights, int one) =>
        weights[one].Zip(Counts[one], (weight, count) => weight * count).Sum();
}
