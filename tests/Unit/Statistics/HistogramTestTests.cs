using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

public sealed class HistogramTestTests
{
    // data-preparation 4.8, measured with ROOT's function
    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.5, 0.9639452436648751)]
    [InlineData(1, 0.26999967167735456)]
    [InlineData(1.358, 0.05002679733444698)]
    [InlineData(2, 0.0006709252557796953)]
    public void The_Kolmogorov_vectors_of_the_specification_hold(double z, double probability) =>
        KolmogorovSmirnov.Probability(z).ShouldBe(probability, 1e-15);

    [Fact]
    public void Identical_histograms_have_p_value_one()
    {
        long[] counts = [5, 0, 7, 100];

        KolmogorovSmirnov.Compare(counts, counts)!.Value.PValue.ShouldBe(1);
        Chi2.Compare(counts, counts)!.Value.ShouldBe(new HistogramTest(0, 1, 2));
    }

    [Fact]
    public void An_empty_histogram_cannot_be_compared()
    {
        KolmogorovSmirnov.Compare([0, 0], [1, 2]).ShouldBeNull();
        Chi2.Compare([1, 2], [0, 0]).ShouldBeNull();
    }

    [Fact]
    public void The_Kolmogorov_distance_is_scaled_by_effective_entries()
    {
        // cumulative shares .2 .5 1 and .4 .7 1 differ by .2; n = 10 and 10 give z = .2 sqrt 5; weights of 2 keep n, so the same z
        HistogramTest plain = KolmogorovSmirnov.Compare([2, 3, 5], [4, 3, 3])!.Value;
        HistogramTest weighted = KolmogorovSmirnov.Compare([4, 6, 10], [8, 12, 20], [4, 3, 3], [4, 3, 3])!.Value;

        plain.Statistic.ShouldBe(0.2 * Math.Sqrt(5), 1e-15);
        weighted.Statistic.ShouldBe(plain.Statistic, 1e-15);
    }

    [Fact]
    public void Unit_weights_give_the_weighted_chi2_the_value_it_must_have()
    {
        // ROOT's weighted formula with squares = counts: sum (M n - N m)^2 / (M^2 n + N^2 m), by hand (20*6-10*8)^2/(400*6+100*8) +
        // (20*4-10*12)^2/(400*4+100*12)
        HistogramTest test = Chi2.Compare([6.0, 4.0], [6.0, 4.0], [8.0, 12.0], [8.0, 12.0])!.Value;

        test.Statistic.ShouldBe(0.5 + 1600.0 / 2800, 1e-14);
        test.DegreesOfFreedom.ShouldBe(1);
    }

    [Fact]
    public void Negative_weights_have_a_chi2_as_long_as_they_add_up_to_something()
    {
        // contents 6 and -1 (squares 6 and 3) against 8 and 2: N = 5, M = 10; by hand
        // (10*6-5*8)^2/(100*6+25*8) + (10*-1-5*2)^2/(100*3+25*2) = 400/800 + 400/350
        Chi2.Compare([6.0, -1.0], [6.0, 3.0], [8.0, 2.0], [8.0, 2.0])!.Value.Statistic.ShouldBe(0.5 + 400.0 / 350, 1e-14);
        // cumulative shares 6/5, 1 and 8/10, 1; n = 25/9 and 10
        KolmogorovSmirnov.Compare([6.0, -1.0], [6.0, 3.0], [8.0, 2.0], [8.0, 2.0])!.Value.Statistic
            .ShouldBe(0.4 * Math.Sqrt(25.0 / 9 * 10 / (25.0 / 9 + 10)), 1e-14);
        Chi2.Compare([1.0, -2.0], [1.0, 4.0], [8.0, 2.0], [8.0, 2.0]).ShouldBeNull();
        KolmogorovSmirnov.Compare([8.0, 2.0], [8.0, 2.0], [1.0, -2.0], [1.0, 4.0]).ShouldBeNull();
    }

    [Fact]
    public void Sparse_bins_are_joined_with_their_neighbours_until_the_smaller_sample_expects_enough()
    {
        // 10 against 30 entries, so a bin of n expects n / 4; 5 are wanted: 20 entries a bin, and the last 10 go into the one before
        (long[] first, long[] second) = SparseBins.Join([4, 0, 2, 1, 3, 0], [6, 0, 8, 9, 7, 0], 5);

        first.ShouldBe([6, 4]);
        second.ShouldBe([14, 16]);
        SparseBins.Join([4, 0, 2, 1, 3, 0], [6, 0, 8, 9, 7, 0], 6).First.ShouldBe([10]);
        SparseBins.Join([1, 2], [3, 4], 5).First.ShouldBeEmpty();
        SparseBins.Join([0, 0], [3, 40], 1).First.ShouldBeEmpty();
    }

    [Fact]
    public void Samples_of_one_distribution_fail_at_the_nominal_rate()
    {
        int failures = 0;
        for (ulong trial = 0; trial < 400; trial++)
        {
            var random = new CounterRandom(77, trial);
            var (first, second) = (new CountHistogram(BinEdges.Uniform(20, 0, 1)), new CountHistogram(BinEdges.Uniform(20, 0, 1)));
            for (int i = 0; i < 1000; i++)
            {
                first.Fill(random.NextDouble());
                second.Fill(random.NextDouble());
            }
            if (Chi2.Compare(first.Counts, second.Counts)!.Value.PValue < 0.05) failures++;
        }

        // binomial(400, .05): 20 +- 4.4
        failures.ShouldBeInRange(4, 38);
    }

    [Fact]
    public void A_lowered_weight_is_drawn_less_often_and_never_lost()
    {
        var draw = new WeightedDraw([3, 1]);

        draw.Pick(0.74).ShouldBe(0);
        draw.Lower(0);
        draw.Pick(0.66).ShouldBe(0);
        draw.Pick(0.67).ShouldBe(1);
        for (int i = 0; i < 5; i++) draw.Lower(0);
        draw.Pick(0.49).ShouldBe(0);
        draw.Pick(0.51).ShouldBe(1);
    }

    [Fact]
    public void Draws_follow_weights_and_removed_indices_are_never_drawn()
    {
        var draw = new WeightedDraw([1, 0, 3]);

        draw.Pick(0.2499).ShouldBe(0);
        draw.Pick(0.25).ShouldBe(2);
        draw.Remove(2);
        draw.Pick(0.9999999).ShouldBe(0);
        draw.Remove(0);
        draw.Any.ShouldBeFalse();
    }
}
