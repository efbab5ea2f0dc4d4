using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

/// <summary>Right values are those of Python's fractions.Fraction, rounded once.</summary>
public sealed class ExactMomentsTests
{
    [Theory]
    [InlineData(new[] { 1e16, 1.0, -1e16, 3.0, 1e-300, 0.1, -0.1, 7e-310, 1e100, -1e100, 2.5 }, 0.5909090909090909, 2e+200)]
    [InlineData(new[] { 0.1, 0.2, 0.3, 1e8, 1e8 + 1e-7, -5.5e7 }, 24166666.766666684, 1.9520833304333348e+16)]
    [InlineData(new[] { 1e9, 1e9 + 0.1, 1e9 + 0.2, 1e9 + 3 * 0.1, 1e9 + 0.4, 1e9 + 0.5, 1e9 + 6 * 0.1 }, 1000000000.3, 0.279999990463263)]
    public void Moments_are_the_doubles_nearest_to_the_exact_ones(double[] values, double mean, double deviations)
    {
        var moments = new ExactMoments();
        moments.Add(values);

        moments.Moments.ShouldBe(new Moments(values.Length, mean, deviations));
    }

    [Fact]
    public void Any_partition_in_any_order_gives_the_same_bits_where_rounded_sums_do_not()
    {
        double[] values = [.. Enumerable.Range(0, 3000).Select(i => Math.ScaleB(Uniform(1, i) - 0.5, (int)(Uniform(2, i) * 80) - 40))];
        var whole = new ExactMoments();
        whole.Add(values);
        int rounded = 0;

        for (int seed = 0; seed < 40; seed++)
        {
            double[] shuffled =
                [.. values.Select((value, i) => (value, At: Uniform(100 + seed, i))).OrderBy(one => one.At).Select(one => one.value)];
            var sum = new ExactMoments();
            for (int first = 0, part = 0; first < values.Length; part++)
            {
                int count = Math.Min((int)(Uniform(200 + seed, part) * 500), values.Length - first);
                var of = new ExactMoments();
                of.Add(shuffled.AsSpan(first, count));
                sum.Add(of);
                first += count;
            }

            sum.Moments.ShouldBe(whole.Moments);
            if (Moments.Of(shuffled) != Moments.Of(values)) rounded++;
        }

        rounded.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void What_is_not_finite_is_counted_and_left_out()
    {
        var moments = new ExactMoments();
        moments.Add([1, double.NaN, 3, double.NegativeInfinity, 1e200]);

        moments.Moments.ShouldBe(new Moments(2, 2, 2, 1, 2));
        new ExactMoments().Moments.ShouldBe(default);
    }

    [Fact]
    public void A_constant_column_has_no_spread_at_all()
    {
        var moments = new ExactMoments();
        for (int i = 0; i < 1000; i++) moments.Add(0.1);
        var atOnce = new ExactMoments();
        atOnce.Add(0.1, 1000);

        moments.Moments.ShouldBe(new Moments(1000, 0.1, 0));
        atOnce.Moments.ShouldBe(moments.Moments);
    }

    private static double Uniform(int stream, int index) => new CounterRandom((ulong)stream, (ulong)index).NextDouble();
}
