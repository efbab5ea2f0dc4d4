using Shouldly;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>The criteria of data-preparation 4.13 and the changes of 4.12.</summary>
public sealed class ScalingRangeTests
{
    private static readonly QuantileSummary Normal = Summary(0, -6, 6, (-1, 1), (-2, 2), (-3, 3), (-5, 5));

    [Theory]
    [InlineData(-5, 5, "")]
    [InlineData(-2, 2, "")]
    [InlineData(-1.9, 5, "left_within")]
    [InlineData(-5, 1.9, "right_within")]
    [InlineData(-5.1, 5.1, "left_beyond,right_beyond")]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, "")]
    public void A_range_inside_two_sigma_is_suspicious_and_one_beyond_five_if_asked_for(double low, double high, string expected)
    {
        string[] all = [.. ScalingRange.Criteria.Select(one => one.Name)];

        string.Join(',', new ScalingRange(Cut(low, high), Normal, all).Suspicions).ShouldBe(expected);
        new ScalingRange(Cut(low, high), Normal, ScalingRange.Usual).Suspicions.ShouldNotContain("left_beyond");
    }

    [Fact]
    public void The_cut_is_taken_from_mean_and_deviation_as_it_is_applied()
    {
        var scale = FeatureScale.Stored("f", ConstituentCone.Global, ScalingKind.Normal, (10, 2, -5, 1.5));

        ScalingRange range = new(scale, Normal, []);

        (range.Low, range.High).ShouldBe((0, 13));
    }

    [Fact]
    public void Quantiles_that_are_the_same_on_both_sides_say_that_nearly_all_values_are_one()
    {
        QuantileSummary mostlyZero = Summary(0, -4, 9, (0, 0), (0, 0), (-1, 2), (-3, 4));

        new ScalingRange(Cut(-5, 5), mostlyZero, ScalingRange.Usual).Suspicions.ShouldBe(["one_sigma_empty", "two_sigma_empty"]);
    }

    [Fact]
    public void A_feature_that_never_varies_is_told_and_one_without_values_is_not()
    {
        QuantileSummary constant = Summary(3, 3, 3, (3, 3), (3, 3), (3, 3), (3, 3));

        new ScalingRange(Cut(-5, 5), constant, ScalingRange.Usual).Suspicions.ShouldContain("constant");
        new ScalingRange(Cut(-5, 5), null, ScalingRange.Usual).Suspicions.ShouldBeEmpty();
    }

    [Fact]
    public void Constants_settle_when_the_last_change_is_small_for_95_percent_of_the_features()
    {
        // Means 10, 12, 12.6: changes 0.2 and 0.05; from the first 0.26.
        ScalingSnapshots one = new("a", ConstituentCone.Global, [Of(10, 1), Of(12, 1), Of(12.6, 1)]);

        one.MeanChanges.ShouldBe([0.2, 0.05], 1e-12);
        one.MeanChange.ShouldBe(0.26, 1e-12);
        one.SpreadChanges.ShouldBe([0, 0]);
        ScalingConvergence.HasSettled([one], 0.1).ShouldBe(true);
        ScalingConvergence.HasSettled([one], 0.04).ShouldBe(false);
        ScalingConvergence.HasSettled([], 0.1).ShouldBeNull();
        // A mean of 0 has no change relative to itself: such a feature is left out, as the original drops it.
        ScalingConvergence.HasSettled([one, new("b", ConstituentCone.Global, [Of(0, 1), Of(1, 1), Of(9, 1)])], 0.1).ShouldBe(true);
    }

    private static Moments Of(double mean, double deviation) => new(100, mean, 100 * deviation * deviation);

    private static FeatureScale Cut(double low, double high) =>
        FeatureScale.Stored("f", ConstituentCone.Global, ScalingKind.Normal, (0, 1, low, high));

    private static QuantileSummary Summary(double median, double low, double high, params (double Left, double Right)[] sigmas) =>
        new(median, low, high, [.. new[] { 1, 2, 3, 5 }.Zip(sigmas, (sigma, ends) => (sigma, ends.Left, ends.Right))]);
}
