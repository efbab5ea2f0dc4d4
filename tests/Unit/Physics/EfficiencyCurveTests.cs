using Shouldly;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class EfficiencyCurveTests
{
    // training-and-evaluation 12: 3/5 and 2/4 at 68.2689 %
    [Fact]
    public void Bins_are_open_below_and_closed_above_with_the_intervals_of_the_specification()
    {
        var curve = new EfficiencyCurve(new BinEdges(20, 30, 40, 50), OthersRequired.Nowhere);
        foreach ((double pt, bool passes) in new[] { (20.0, true), (20.1, true), (25, true), (30, true), (28, false), (29, false), (30.5, true), (40, true), (35, false), (36, false), (50.5, true) })
            curve.Add(pt, passes, passesOthers: false);

        IReadOnlyList<EfficiencyBin> bins = curve.Bins(0.682689);

        bins.Select(bin => (bin.Passed, bin.Total)).ShouldBe([(3, 5), (2, 4), (0, 0)]);
        bins[0].Interval!.Value.Low.ShouldBe(.296634, 5e-7);
        bins[0].Interval!.Value.High.ShouldBe(.853347, 5e-7);
        bins[1].Interval!.Value.Low.ShouldBe(.185301, 5e-7);
        bins[1].Efficiency.ShouldBe(0.5);
        (bins[2].Efficiency, bins[2].Interval).ShouldBe((null, null));
    }

    [Theory]
    [InlineData(OthersRequired.Nowhere, 2, 4)]
    [InlineData(OthersRequired.InNumerator, 1, 4)]
    [InlineData(OthersRequired.InBoth, 1, 2)]
    public void The_other_working_points_count_where_they_are_required(OthersRequired others, long passed, long total)
    {
        var curve = new EfficiencyCurve(new BinEdges(0, 1), others);

        foreach (bool passes in new[] { true, false })
            foreach (bool passesOthers in new[] { true, false }) curve.Add(0.5, passes, passesOthers);

        (curve.Bins()[0].Passed, curve.Bins()[0].Total).ShouldBe((passed, total));
    }
}
