using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

public sealed class PairedBootstrapTests
{
    private static readonly bool[] Labels = [.. Enumerable.Range(0, 2000).Select(i => i % 3 == 0)];
    private static readonly double[] Truth =
    [
        .. Enumerable.Range(0, 2000).Select(i => new CounterRandom(1, (ulong)i).NextNormal() + (Labels[i] ? 1 : 0)),
    ];

    [Fact]
    public void A_score_does_not_differ_from_itself()
    {
        PairedDifference same = new PairedBootstrap(Labels, Truth, Truth).Compare(RocMeasure.Area, 50, key: 3)!.Value;

        (same.Difference, same.Error, same.Significance).ShouldBe((0, 0, null));
    }

    [Fact]
    public void The_measures_are_those_of_the_curves()
    {
        RocCurve curve = RocCurve.From(Labels, Truth)!;
        var bootstrap = new PairedBootstrap(Labels, Truth, Truth);

        bootstrap.Compare(RocMeasure.Area, 2, key: 3)!.Value.First.ShouldBe(curve.Area.Value, 1e-13);
        bootstrap.Compare(RocMeasure.FalsePositiveRateAt(0.6), 2, key: 3)!.Value.First.ShouldBe(curve.FalsePositiveRateAt(0.6), 1e-13);
    }

    [Fact]
    public void The_error_of_an_unrelated_score_is_that_of_DeLong()
    {
        // against a constant score, whose area is always one half, the spread is that of the first area alone
        double[] constant = new double[Labels.Length];

        PairedDifference difference = new PairedBootstrap(Labels, constant, Truth).Compare(RocMeasure.Area, 2000, key: 11)!.Value;

        double expected = RocCurve.From(Labels, Truth)!.Area.Error!.Value;
        difference.Error.ShouldBe(expected, 0.08 * expected);
        difference.Significance!.Value.ShouldBeGreaterThan(10);
    }

    // Normal scores of unit distance: at 70 % the rate is Phi(0.5244 - 1/s), 0.3172 for s = 1 and 0.3557 for s = sqrt(1.25). With 2,000
    // rows that is about two errors and so a matter of luck, with 20,000 six.
    [Fact]
    public void A_noisier_copy_is_significantly_worse_because_the_rows_are_shared()
    {
        bool[] labels = [.. Enumerable.Range(0, 20_000).Select(i => i % 3 == 0)];
        double[] scores = [.. labels.Select((isPositive, i) => new CounterRandom(1, (ulong)i).NextNormal() + (isPositive ? 1 : 0))];
        double[] noisy = [.. scores.Select((score, i) => score + 0.5 * new CounterRandom(2, (ulong)i).NextNormal())];
        double[] unrelated = [.. labels.Select((isPositive, i) =>
            Math.Sqrt(1.25) * new CounterRandom(3, (ulong)i).NextNormal() + (isPositive ? 1 : 0))];

        PairedDifference shared = Difference(noisy), notShared = Difference(unrelated);

        shared.Difference.ShouldBe(0.0385, 4 * shared.Error);
        shared.Significance!.Value.ShouldBeGreaterThan(3);
        shared.Error.ShouldBeLessThan(0.8 * notShared.Error);

        PairedDifference Difference(double[] other) =>
            new PairedBootstrap(labels, scores, other).Compare(RocMeasure.FalsePositiveRateAt(0.7), 200, key: 5)!.Value;
    }

    [Fact]
    public void The_same_key_gives_the_same_replicas()
    {
        double[] other = [.. Truth.Select(score => Math.Round(score, 1))];
        var bootstrap = new PairedBootstrap(Labels, Truth, other);

        bootstrap.Compare(RocMeasure.Area, 20, key: 5).ShouldBe(bootstrap.Compare(RocMeasure.Area, 20, key: 5));
        bootstrap.Compare(RocMeasure.Area, 20, key: 6)!
            .Value.Error.ShouldNotBe(bootstrap.Compare(RocMeasure.Area, 20, key: 5)!.Value.Error);
    }
}
