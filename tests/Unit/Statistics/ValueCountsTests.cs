using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

public sealed class ValueCountsTests
{
    private static readonly double[] Probabilities = [0, 0.001, 0.16, 0.25, 0.5, 0.84, 0.999, 1];

    [Fact]
    public void As_long_as_values_are_few_quantiles_are_those_of_the_sorted_sample()
    {
        double[] values = [.. Normals(5000).Select(value => Math.Round(value, 2))];

        ValueCounts counts = Of(values, 5000);

        double[] sorted = [.. values.Order()];
        counts.Quantiles(Probabilities).ShouldBe(Probabilities.Select(probability => Quantile.OfSorted(sorted, probability)));
        counts.RelativeError.ShouldBe(0);
    }

    // numpy.percentile([0, 0, 0, 1, 2, 3, 10, 100], [16, 50, 84]) by its formula: positions 1.12, 3.5, 5.88.
    [Fact]
    public void Quantiles_lie_between_order_statistics_as_numpy_has_them()
    {
        double[] quantiles = Of([0, 0, 0, 1, 2, 3, 10, 100], 100).Quantiles([0.16, 0.5, 0.84]);

        quantiles[0].ShouldBe(0);
        quantiles[1].ShouldBe(1.5);
        quantiles[2].ShouldBe(9.16, 1e-12);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(512)]
    [InlineData(4096)]
    public void With_fewer_cells_than_values_an_order_statistic_is_off_by_no_more_than_is_said(int cells)
    {
        double[] values = Normals(20_001), sorted = [.. values.Order()];

        ValueCounts counts = Of(values, cells);

        counts.RelativeError.ShouldBeInRange(1e-17, 1);
        // 20,000 p is a whole number: no interpolation.
        double[] whole = [0, 0.001, 0.16, 0.25, 0.5, 0.84, 0.999, 1], quantiles = counts.Quantiles(whole);
        for (int i = 0; i < whole.Length; i++)
        {
            double right = sorted[(int)Math.Round(20_000 * whole[i])];
            Math.Abs(quantiles[i] - right).ShouldBeLessThanOrEqualTo(counts.RelativeError * Math.Abs(right) * (1 + 1e-12));
        }
        (counts.Minimum, counts.Maximum).ShouldBe((sorted[0], sorted[^1]));
    }

    [Fact]
    public void Any_partition_in_any_order_gives_the_same_quantiles()
    {
        double[] values = [.. Normals(5000), .. Normals(100).Select(value => value * 1e-8), 0, -0.0, 1e30];
        double[] whole = Of(values, 256).Quantiles(Probabilities);

        for (int seed = 0; seed < 25; seed++)
        {
            double[] shuffled =
                [.. values.Select((value, i) => (value, At: Uniform(100 + seed, i))).OrderBy(one => one.At).Select(one => one.value)];
            int cut = (int)(Uniform(seed, 1) * values.Length);
            ValueCounts sum = Of(shuffled[..cut], 256);
            sum.Add(Of(shuffled[cut..], 256));

            sum.Quantiles(Probabilities).ShouldBe(whole);
            sum.Count.ShouldBe(values.Length);
        }
    }

    [Fact]
    public void The_share_outside_and_the_moments_without_the_tail_are_those_of_the_values()
    {
        ValueCounts counts = Of([-3, 1, 2, 2, 5, 1000, double.NaN, double.PositiveInfinity], 100);

        counts.Count.ShouldBe(6);
        counts.ShareOutside(1, 5).ShouldBe(2 / 6.0);
        Moments robust = counts.MomentsUpTo(10);
        (robust.Count, robust.Mean).ShouldBe((5, 1.4));
        robust.Variance.ShouldBe(6.64, 1e-12); // numpy.var([-3, 1, 2, 2, 5])
    }

    [Fact]
    public void Of_nothing_there_is_no_quantile()
    {
        var counts = new ValueCounts(100);

        counts.Summary.ShouldBeNull();
        counts.ShareOutside(0, 1).ShouldBe(0);
        Should.Throw<StepFailed>(() => counts.Quantiles([0.5]));
    }

    private static ValueCounts Of(double[] values, int cells)
    {
        var counts = new ValueCounts(cells);
        counts.Add(values);
        return counts;
    }

    private static double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(i => new CounterRandom(5, (ulong)i).NextNormal())];

    private static double Uniform(int stream, int index) => new CounterRandom((ulong)stream, (ulong)index).NextDouble();
}
