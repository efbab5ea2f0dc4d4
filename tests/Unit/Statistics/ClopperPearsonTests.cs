using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

public sealed class ClopperPearsonTests
{
    // training-and-evaluation 9.5 (confidence 0.68) and 12 (0.682689), computed with statsmodels
    [Theory]
    [InlineData(0, 10, 0.68, 0, 0.167447)]
    [InlineData(10, 10, 0.68, 0.832553, 1)]
    [InlineData(5, 20, 0.68, 0.146997, 0.383140)]
    [InlineData(80, 100, 0.68, 0.752069, 0.841272)]
    [InlineData(3.5, 5.5, 0.68, 0.344304, 0.866497)]
    [InlineData(2, 4.5, 0.68, 0.164524, 0.754915)]
    [InlineData(5, 6, 0.68, 0.547091, 0.971359)]
    [InlineData(3, 5, 0.682689, 0.296634, 0.853347)]
    [InlineData(2, 4, 0.682689, 0.185301, 0.814699)]
    [InlineData(0, 10, 0.682689, 0, 0.168149)]
    [InlineData(10, 10, 0.682689, 0.831851, 1)]
    public void The_intervals_of_the_specification_hold(double passed, double total, double confidence, double low, double high)
    {
        Interval interval = ClopperPearson.Of(passed, total, confidence)!.Value;

        interval.Low.ShouldBe(low, 6e-7);
        interval.High.ShouldBe(high, 6e-7);
    }

    // where scipy's own function is off by 5e-10; this number is a series in 40 digits
    [Fact]
    public void The_incomplete_beta_function_keeps_its_digits_for_a_million_rows() =>
        BetaDistribution.Cumulative(0.05, 1_000_000, 1e-9).ShouldBe(0.72717921181701622483, 1e-13);

    [Fact]
    public void Nothing_tried_has_no_interval() => ClopperPearson.Of(0, 0).ShouldBeNull();

    [Fact]
    public void More_passed_than_tried_is_a_defect() => Should.Throw<Defect>(() => ClopperPearson.Of(2, 1));

    [Fact]
    public void Equal_weights_give_the_interval_of_counts_and_spread_weights_a_wider_one()
    {
        Interval plain = ClopperPearson.Of(30, 100)!.Value,
            equal = ClopperPearson.OfWeights(15, 50, 25)!.Value,
            spread = ClopperPearson.OfWeights(15, 50, 100)!.Value;

        equal.Low.ShouldBe(plain.Low, 1e-12);
        equal.High.ShouldBe(plain.High, 1e-12);
        (spread.High - spread.Low).ShouldBeGreaterThan(1.8 * (plain.High - plain.Low));
    }
}
