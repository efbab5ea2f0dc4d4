using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

public sealed class GuessCountsTests
{
    // By hand: of value 0 four rows, right 3 and 2; of value 1 two, right 1 and 1; of value 2 none.
    [Fact]
    public void A_small_table_is_as_counted_by_hand()
    {
        var counts = new GuessCounts(3);
        (int, int, int)[] rows = [(0, 0, 0), (0, 0, 0), (0, 0, 1), (0, 2, -1), (1, 1, 0), (1, -1, 1)];
        foreach ((int truth, int first, int second) in rows) counts.Add(truth, first, second);

        counts.Table(ofFirst: true).ShouldBe([[3, 0, 1, 0], [0, 1, 0, 1], [0, 0, 0, 0]]);
        counts.Table(ofFirst: false).ShouldBe([[2, 1, 0, 1], [1, 1, 0, 0], [0, 0, 0, 0]]);
        counts.Balanced(ofFirst: true).ShouldBe((0.75 + 0.5) / 2, 1e-12);
        counts.Balanced(ofFirst: false).ShouldBe(0.5, 1e-12);
        // Differences (0, 0, 1, 0): mean 1/4, variance 1/4; (1, -1): mean 0, variance 2.
        (double value, Interval range) = counts.Difference()!.Value;
        value.ShouldBe(0.125, 1e-12);
        (range.High - value).ShouldBe(1.959963984540054 * Math.Sqrt(0.25 / 4 + 2.0 / 2) / 2, 1e-12);
        (value - range.Low).ShouldBe(range.High - value, 1e-12);
    }

    [Fact]
    public void Without_rows_there_is_nothing_to_tell()
    {
        var counts = new GuessCounts(2);

        counts.Balanced(true).ShouldBe(double.NaN);
        counts.Difference().ShouldBeNull();
        counts.Add(0, 0, 1);
        counts.Difference().ShouldBeNull(); // one row has no spread
    }

    // The truth of the difference is 0.1: intervals of 95 % hold it in 95 of 100 samples, give or take three deviations (of 400: 3.3 %).
    [Fact]
    public void Intervals_hold_the_true_difference_as_often_as_they_say()
    {
        const int samples = 400;
        var random = new CounterRandom(5, 6);
        int held = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            var counts = new GuessCounts(2);
            for (int row = 0; row < 300; row++)
            {
                int truth = row % 3 == 0 ? 1 : 0;
                double draw = random.NextDouble(); // both right with 0.6, the first alone with 0.2, the second alone with 0.1
                bool first = draw < 0.8, second = draw is < 0.6 or > 0.9;
                counts.Add(truth, first ? truth : 1 - truth, second ? truth : -1);
            }
            (_, Interval range) = counts.Difference()!.Value;
            if (range.Low <= 0.1 && range.High >= 0.1) held++;
        }

        ((double)held / samples).ShouldBeInRange(0.95 - 0.033, 0.95 + 0.033);
    }
}
