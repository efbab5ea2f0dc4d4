using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

public sealed class EventBootstrapTests
{
    private const int Rows = 2000, Replicas = 1000;

    private static readonly double[] Values = [.. Enumerable.Range(0, Rows).Select(i => new CounterRandom(1, (ulong)i).NextNormal())];
    private static readonly double[] Signs = [.. Enumerable.Range(0, Rows).Select(i => i % 7 == 0 ? -1.0 : 1.0)];
    private static readonly ulong[] Own = [.. Enumerable.Range(0, Rows).Select(i => (ulong)i * 977)];

    [Fact]
    public void The_spread_of_a_weighted_sum_is_the_root_of_the_sum_of_squares()
    {
        BootstrapSpread spread = Spread(Own, Signs, weights => weights.Zip(Values, (weight, value) => weight * value).Sum());

        double expected = Math.Sqrt(Values.Sum(value => value * value));
        spread.Deviation.ShouldBe(expected, 0.08 * expected);
        (spread.Interval.High - spread.Interval.Low).ShouldBe(2 * expected, 0.2 * expected);
    }

    [Fact]
    public void Rows_of_one_event_come_and_go_together()
    {
        // each event twice: of 1,000 events and not of 2,000 rows, so the spread is larger by the root of two
        ulong[] pairs = [.. Own.Select((_, i) => (ulong)(i / 2))];

        BootstrapSpread spread = Spread(pairs, Signs, weights => weights.Sum(Math.Abs));

        double expected = Math.Sqrt(4 * Rows / 2.0);
        spread.Deviation.ShouldBe(expected, 0.08 * expected);
    }

    [Fact]
    public void The_error_of_an_area_without_negative_weights_is_that_of_DeLong()
    {
        bool[] labels = [.. Enumerable.Range(0, Rows).Select(i => i % 3 == 0)];
        double[] scores = [.. Values.Select((value, i) => value + (labels[i] ? 1 : 0))], ones = [.. Enumerable.Repeat(1.0, Rows)];
        var sample = new RocSample(labels, scores);

        BootstrapSpread spread = Spread(Own, ones, weights => sample.Of(RocMeasure.Area, weights));

        double expected = RocCurve.From(labels, scores)!.Area.Error!.Value;
        spread.Deviation.ShouldBe(expected, 0.08 * expected);
    }

    [Fact]
    public void The_order_of_rows_does_not_matter()
    {
        int[] order = [.. Enumerable.Range(0, Rows).Select(i => (i * 1777 + 5) % Rows)];
        double Count(double[] weights) => weights.Count(weight => weight > 0);

        Spread([.. order.Select(i => Own[i])], [.. order.Select(i => Signs[i])], weights => Count(weights))
            .ShouldBe(Spread(Own, Signs, weights => Count(weights)));
    }

    [Fact]
    public void A_number_that_most_replicas_do_not_define_has_no_spread()
    {
        int asked = 0;

        new EventBootstrap(Own, Signs, 10, 3)
            .Spreads(_ => [1.0, asked++ % 3 == 0 ? 2.0 : null])
            .Select(spread => spread is null)
            .ShouldBe([false, true]);
    }

    private static BootstrapSpread Spread(ulong[] events, double[] weights, Func<double[], double?> statistic) =>
        new EventBootstrap(events, weights, Replicas, key: 17).Spreads(resampled => [statistic(resampled)]).Single()!.Value;
}
