using Shouldly;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

public sealed class GrowingHistogramTests
{
    // By hand: 0.1 to 0.9 in at most 4 bins are of width 1/4, since with 1/8 they are 8.
    [Fact]
    public void Bins_are_powers_of_two_as_narrow_as_their_number_allows()
    {
        GrowingHistogram histogram = Of(4, 0.1, 0.9, 0.25, 0.3, 0.5);

        histogram.Edges.ShouldBe([0, 0.25, 0.5, 0.75, 1]);
        histogram.Counts.ShouldBe([1L, 2, 1, 1]);
    }

    [Fact]
    public void What_lies_below_zero_is_binned_like_what_lies_above()
    {
        GrowingHistogram histogram = Of(4, -3, -0.5, 0, 1.5);

        histogram.Edges.ShouldBe([-4.0, -2, 0, 2]);
        histogram.Counts.ShouldBe([1L, 1, 2]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Counts_are_those_of_a_search_in_the_edges_whatever_the_order(int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, 1000).Select(_ => (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-3, 4)))];
        GrowingHistogram histogram = Of(100, values), other = Of(100, [.. values.Reverse()]), sorted = Of(100, [.. values.Order()]);

        IReadOnlyList<double> edges = histogram.Edges;
        var brute = new long[edges.Count - 1];
        foreach (double value in values)
            brute[Enumerable.Range(0, brute.Length).Single(i => edges[i] <= value && value < edges[i + 1])]++;
        histogram.Counts.ShouldBe(brute);
        brute.Length.ShouldBeInRange(50, 100);
        foreach (GrowingHistogram same in new[] { other, sorted })
        {
            same.Edges.ShouldBe(edges);
            same.Counts.ShouldBe(brute);
        }
    }

    [Fact]
    public void What_is_not_finite_is_counted_and_has_no_bin()
    {
        GrowingHistogram histogram = Of(10, double.NaN, 1, double.PositiveInfinity, double.NaN, double.NegativeInfinity);

        (histogram.Missing, histogram.Infinite, histogram.Counted).ShouldBe((2, 2, 1));
        histogram.Counts.ShouldBe([1L]);
        Of(10, double.NaN).Edges.ShouldBeEmpty();
    }

    // All scores alike: one bin around them that can be told from others on an axis.
    [Fact]
    public void One_value_has_one_bin_of_about_a_thousandth_of_it()
    {
        GrowingHistogram histogram = Of(10, 3, 3);

        histogram.Counts.ShouldBe([2L]);
        (histogram.Edges[1] - histogram.Edges[0]).ShouldBe(1.0 / 256);
    }

    [Fact]
    public void Two_that_cover_each_other_have_the_same_edges()
    {
        GrowingHistogram one = Of(8, 0.1, 0.2), other = Of(8, 3, 5);

        one.Cover(other);
        other.Cover(one);

        one.Edges.ShouldBe([0.0, 1, 2, 3, 4, 5, 6]);
        other.Edges.ShouldBe(one.Edges);
        one.Counts.ShouldBe([2L, 0, 0, 0, 0, 0]);
        other.Counts.ShouldBe([0L, 0, 0, 1, 0, 1]);
    }

    private static GrowingHistogram Of(int bins, params double[] values)
    {
        var histogram = new GrowingHistogram(bins);
        foreach (double value in values) histogram.Add(value);
        return histogram;
    }
}
