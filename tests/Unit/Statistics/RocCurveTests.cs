using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

/// <summary>The worked examples of training-and-evaluation 9.4, computed with scikit-learn.</summary>
public sealed class RocCurveTests
{
    private static readonly bool[] Labels = [true, true, true, true, true, false, false, false, false, false];
    private static readonly double[] Scores = [.95, .9, .8, .6, .3, .85, .6, .4, .2, .1];
    private static readonly double[] Weights = [1, 1, 2, 1, 1, 1, 1, .5, 1, 1];

    [Fact]
    public void The_unweighted_example_holds()
    {
        RocCurve curve = RocCurve.From(Labels, Scores)!.WithoutCollinear();

        curve.Points.Select(point => point.FalsePositiveRate).ShouldBeClose([0, 0, 0, .2, .2, .4, .6, .6, 1], 1e-15);
        curve.Points.Select(point => point.TruePositiveRate).ShouldBeClose([0, .2, .4, .4, .6, .8, .8, 1, 1], 1e-15);
        curve.Points.Select(point => point.Threshold).ShouldBe([double.PositiveInfinity, .95, .9, .85, .8, .6, .4, .3, .1]);
        curve.Area.Value.ShouldBe(0.78, 1e-15);
    }

    [Fact]
    public void The_weighted_example_holds()
    {
        RocCurve curve = RocCurve.From(Labels, Scores, Weights)!.WithoutCollinear();

        curve.Points.Select(point => point.FalsePositiveRate)
            .ShouldBeClose([0, 0, 0, .222222, .222222, .444444, .555556, .555556, 1], 1e-6);
        curve.Points.Select(point => point.TruePositiveRate)
            .ShouldBeClose([0, .166667, .333333, .333333, .666667, .833333, .833333, 1, 1], 1e-6);
        curve.Area.Value.ShouldBe(0.777778, 1e-6);
    }

    [Fact]
    public void Pruning_keeps_the_first_of_each_rounded_rate_and_both_ends()
    {
        // rates of the specification's example, in steps of 1/10000 by weight
        double[] rates = [0, .1234, .1236, .1241, .5, .5004, .9999, 1];
        int steps = rates.Length - 1;
        bool[] labels = [.. Enumerable.Repeat(true, steps), .. Enumerable.Repeat(false, steps)];
        double[] scores = [.. Enumerable.Range(0, steps).Select(i => (double)-i), .. Enumerable.Range(0, steps).Select(i => (double)-i)];
        double[] weights =
        [
            .. Enumerable.Range(0, steps).Select(i => rates[i + 1] - rates[i]),
            .. Enumerable.Range(1, steps).Select(i => (double)i),
        ];

        RocCurve pruned = RocCurve.From(labels, scores, weights)!.Pruned(3);

        // the original keeps indices 0 1 2 4 6 and loses the end point
        pruned.Points.Select(point => point.TruePositiveRate).ShouldBeClose([0, .1234, .1236, .5, .9999, 1], 1e-12);
    }

    [Fact]
    public void Rows_of_weight_zero_do_not_count()
    {
        RocCurve all = RocCurve.From(Labels, Scores)!;

        RocCurve more = RocCurve.From([.. Labels, true, false], [.. Scores, 0.05, 0.99], [.. Enumerable.Repeat(1.0, 10), 0, 0])!;

        more.Points.ShouldBe(all.Points);
        more.Area.ShouldBe(all.Area);
    }

    [Fact]
    public void A_single_class_has_no_curve()
    {
        RocCurve.From([true, true], [.1, .2]).ShouldBeNull();
        RocCurve.From([true, false], [.1, .2], [1, 0]).ShouldBeNull();
        RocCurve.From([], []).ShouldBeNull();
    }

    [Fact]
    public void A_score_that_is_not_a_number_fails() => Should.Throw<StepFailed>(() => RocCurve.From([true, false], [.1, double.NaN]));

    // efficiencies .2, .4, .6, .8 and 1 can be had by a cut; between them the next larger counts
    [Fact]
    public void A_rate_at_an_efficiency_is_that_of_the_highest_cut_that_reaches_it()
    {
        RocCurve curve = RocCurve.From(Labels, Scores)!;

        curve.FalsePositiveRateAt(0.4).ShouldBe(0);
        curve.FalsePositiveRateAt(0.6).ShouldBe(0.2, 1e-15);
        curve.FalsePositiveRateAt(0.7).ShouldBe(0.4, 1e-15);
        curve.FalsePositiveRateAt(1).ShouldBe(0.6, 1e-15);
    }

    [Fact]
    public void The_band_is_the_interval_of_the_negative_rows()
    {
        RocCurve curve = RocCurve.From(Labels, Scores, Weights)!;

        curve.EffectiveNegatives.ShouldBe(4.5 * 4.5 / 4.25, 1e-12);
        curve.FalsePositiveBand(0.2).ShouldBe(ClopperPearson.Of(0.2 * curve.EffectiveNegatives, curve.EffectiveNegatives)!.Value);
    }

    [Fact]
    public void The_order_of_rows_does_not_matter()
    {
        int[] order = [9, 2, 5, 0, 7, 3, 8, 1, 6, 4];

        RocCurve shuffled = RocCurve.From(
            [.. order.Select(i => Labels[i])],
            [.. order.Select(i => Scores[i])],
            [.. order.Select(i => Weights[i])])!;

        shuffled.Points.ShouldBe(RocCurve.From(Labels, Scores, Weights)!.Points);
    }
}
