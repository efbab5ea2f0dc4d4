using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

/// <summary>Samples with weights of both signs against sums over all pairs and all rows, written out: scikit-learn refuses them.</summary>
public sealed class NegativeWeightTests
{
    private const int Cases = 200;

    [Fact]
    public void The_area_is_the_weighted_pair_sum_with_ties_half() => ForAll(sample =>
    {
        double pairs = 0, positives = 0, negatives = 0;
        for (int p = 0; p < sample.Scores.Length; p++)
        {
            if (!sample.Labels[p]) { negatives += sample.Weights[p]; continue; }
            positives += sample.Weights[p];
            for (int n = 0; n < sample.Scores.Length; n++)
                if (!sample.Labels[n])
                    pairs +=
                        sample.Weights[p]
                        * sample.Weights[n]
                        * (
                            sample.Scores[p] > sample.Scores[n] ? 1
                            : sample.Scores[p] == sample.Scores[n] ? 0.5
                            : 0);
        }

        sample.Curve.Area.Value.ShouldBe(pairs / (positives * negatives), 1e-11);
        sample.Ranked.Of(RocMeasure.Area, sample.Weights)!.Value.ShouldBe(sample.Curve.Area.Value, 1e-11);
    });

    [Fact]
    public void A_rate_at_an_efficiency_is_that_of_the_highest_threshold_that_reaches_it() => ForAll(sample =>
    {
        foreach (double efficiency in new[] { 0.05, 0.3, 0.5, 0.7, 0.9, 1 })
        {
            double threshold = sample.Scores.Distinct()
                .OrderDescending()
                .First(cut => sample.Share(cut, positive: true) >= efficiency - 1e-12);

            double expected = sample.Share(threshold, positive: false);

            sample.Curve.FalsePositiveRateAt(efficiency).ShouldBe(expected, 1e-11);
            sample.Ranked.Of(RocMeasure.FalsePositiveRateAt(efficiency), sample.Weights)!.Value.ShouldBe(expected, 1e-11);
        }
    });

    [Fact]
    public void Every_point_is_the_share_of_weight_at_and_above_its_threshold() => ForAll(sample =>
    {
        foreach (RocPoint point in sample.Curve.Points.Skip(1))
        {
            point.FalsePositiveRate.ShouldBe(sample.Share(point.Threshold, positive: false), 1e-11);
            point.TruePositiveRate.ShouldBe(sample.Share(point.Threshold, positive: true), 1e-11);
        }
        double[] thresholds = [double.PositiveInfinity, 0.71, 0.5, -1];
        sample.Ranked.FalsePositiveRates(thresholds, sample.Weights)!
            .ShouldBeClose(thresholds.Select(cut => sample.Share(cut, positive: false)), 1e-11);
    });

    [Fact]
    public void A_quantile_is_the_highest_value_at_and_above_which_the_rest_of_the_weight_stands() => ForAll(sample =>
    {
        double total = sample.Weights.Sum();
        foreach (double probability in new[] { 0.1234, 0.5011, 0.8765 })
        {
            double expected = sample.Scores.Distinct().OrderDescending()
                .First(cut =>
                    sample.Scores.Zip(sample.Weights).Where(row => row.First >= cut).Sum(row => row.Second) >= (1 - probability) * total);

            new WeightedQuantile(sample.Scores).With(sample.Weights).At(probability).ShouldBe(expected);
        }
    });

    [Fact]
    public void Weights_that_do_not_add_up_to_more_than_zero_have_no_curve()
    {
        RocCurve.From([true, true, false], [.1, .2, .3], [1, -1, 1]).ShouldBeNull();
        new RocSample([true, true, false], [.1, .2, .3]).Of(RocMeasure.Area, [1, -2, 1]).ShouldBeNull();
        Should.Throw<StepFailed>(() => new WeightedQuantile([.1, .2], [1, -1]));
    }

    [Fact]
    public void A_weight_that_is_not_a_number_is_refused_and_a_probability_may_not_be_negative()
    {
        Should.Throw<StepFailed>(() => RocCurve.From([true, false], [.1, .2], [1, double.NaN])).Text.Title.ShouldContain("finite");
        Should.Throw<StepFailed>(() => new WeightedDraw([1, -1])).Text.Title.ShouldContain("probability");
    }

    private static void ForAll(Action<Sample> check)
    {
        int checkedCases = 0;
        for (ulong seed = 0; checkedCases < Cases; seed++)
        {
            var sample = new Sample(seed);
            if (!sample.HasCurve) continue;
            check(sample);
            checkedCases++;
        }
    }

    /// <summary>Some 10 to 90 rows, many of them tied, a sixth of them with a negative weight.</summary>
    private sealed class Sample
    {
        public Sample(ulong seed)
        {
            var random = new CounterRandom(41, seed);
            int rows = 10 + random.NextInt(80);
            (Labels, Scores, Weights) = (new bool[rows], new double[rows], new double[rows]);
            for (int row = 0; row < rows; row++)
            {
                Labels[row] = random.NextInt(2) == 0;
                Scores[row] = Math.Round(random.NextDouble() + (Labels[row] ? 0.2 : 0), 1 + (int)(seed % 3));
                Weights[row] = (random.NextInt(6) == 0 ? -1 : 1) * (seed % 2 == 0 ? 1 : random.NextExponential());
            }
        }

        public bool[] Labels { get; }

        public double[] Scores { get; }

        public double[] Weights { get; }

        public bool HasCurve => Total(true) > 0.5 && Total(false) > 0.5;

        public RocCurve Curve => RocCurve.From(Labels, Scores, Weights)!;

        public RocSample Ranked => new(Labels, Scores);

        public double Share(double threshold, bool positive) =>
            Enumerable.Range(0, Scores.Length).Where(row => Labels[row] == positive && Scores[row] >= threshold).Sum(row => Weights[row])
            / Total(positive);

        private double Total(bool positive) =>
            Enumerable.Range(0, Scores.Length).Where(row => Labels[row] == positive).Sum(row => Weights[row]);
    }
}
