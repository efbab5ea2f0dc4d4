using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

public sealed class MomentsTests
{
    [Fact]
    public void Shards_merged_in_any_order_give_the_moments_of_the_whole_to_1e_12()
    {
        double[] values = [.. Enumerable.Range(0, 10_000).Select(i => 1000 + 3 * new CounterRandom(5, (ulong)i).NextNormal())];
        Moments whole = Moments.Of(values);

        Moments[] shards = [.. values.Chunk(777).Select(chunk => Moments.Of(chunk))];
        Moments forward = shards.Aggregate((sum, next) => sum.And(next)),
            backward = shards.Reverse().Aggregate(default(Moments), (sum, next) => sum.And(next));

        foreach (Moments merged in new[] { forward, backward })
        {
            merged.Count.ShouldBe(whole.Count);
            (merged.Mean / whole.Mean).ShouldBe(1, 1e-12);
            (merged.Variance / whole.Variance).ShouldBe(1, 1e-12);
        }
    }

    [Fact]
    public void What_is_not_finite_is_counted_and_left_out()
    {
        Moments moments = Moments.Of([1, double.NaN, 3, double.NegativeInfinity]);

        moments.Mean.ShouldBe(2);
        moments.Variance.ShouldBe(1);
        (moments.Count, moments.NotANumber, moments.Infinite, moments.Seen).ShouldBe((2, 1, 1, 4));
    }

    [Fact]
    public void An_ordered_sum_keeps_what_a_plain_sum_loses()
    {
        double[] values = [1e16, 1, -1e16, 1];

        OrderedSum.Of(values).ShouldBe(2);
        values.Sum().ShouldNotBe(2);
    }

    [Fact]
    public void A_summary_has_the_quantiles_of_a_normal_distributions_deviations()
    {
        // i / 1e5 for i = 0..1e5 shuffled: the quantile at p is p
        double[] values = [.. Enumerable.Range(0, 100_001).Select(i => (i * 7919L % 100_001) / 1e5)];

        QuantileSummary summary = QuantileSummary.Of(values)!;

        (summary.Median, summary.Minimum, summary.Maximum).ShouldBe((0.5, 0, 1));
        summary.Sigmas.Select(level => level.Left)
            .ShouldBeClose([0.158655253931, 0.0227501319482, 0.0013498980316, 2.86651571868e-07], 1e-12);
        summary.Sigmas.Select(level => level.Right).ShouldBeClose([0.841344746069, 0.977249868052, 0.998650101968, 0.999999713348], 1e-12);
        QuantileSummary.Of([]).ShouldBeNull();
    }
}
