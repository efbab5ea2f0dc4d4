using Shouldly;
using TauPipeline.Host;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>What every drawing of a flow must have, whatever the flow.</summary>
public sealed class LayeredLayoutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Readers_stand_below_makers_and_nothing_overlaps(int number)
    {
        string seed = $"of seed {number}";
        var chance = new Random(number);
        int count = chance.Next(5, 45);
        double[] widths = [.. Enumerable.Range(0, count).Select(_ => chance.Next(60, 210))];
        (int From, int To)[] arrows =
        [
            .. Enumerable.Range(1, count - 1)
                .SelectMany(to => Enumerable.Range(0, to).Where(_ => chance.Next(8) == 0).Select(from => (from, to))),
        ];

        var layout = new LayeredLayout(widths, arrows);

        arrows.Where(arrow => layout.Layer(arrow.From) >= layout.Layer(arrow.To)).ShouldBeEmpty(seed);
        foreach (IReadOnlyList<int> way in layout.Ways)
            // one point in each layer, so no arrow crosses a box unseen
            way.Select(layout.Layer).ShouldBe(Enumerable.Range(layout.Layer(way[0]), way.Count), seed);
        var points = layout.Ways.SelectMany(way => way).Concat(Enumerable.Range(0, count)).Distinct()
            .Select(point =>
                (Layer: layout.Layer(point), Left: layout.X(point) - Width(point) / 2, Right: layout.X(point) + Width(point) / 2))
            .ToList();
        points.ShouldAllBe(point => point.Left >= -1e-6 && point.Right <= layout.Width + 1e-6, seed);
        foreach (var layer in points.GroupBy(point => point.Layer))
        {
            var sorted = layer.OrderBy(point => point.Left).ToList();
            for (int i = 1; i < sorted.Count; i++) sorted[i].Left.ShouldBeGreaterThan(sorted[i - 1].Right, seed);
        }

        double Width(int point) => point < count ? widths[point] : 0;
    }

    [Fact]
    public void A_chain_is_a_straight_line()
    {
        var layout = new LayeredLayout([80, 120, 60], [(0, 1), (1, 2)]);

        new[] { layout.X(0), layout.X(1), layout.X(2) }.ShouldAllBe(x => Math.Abs(x - 60) < 1e-6);
        layout.LayerCount.ShouldBe(3);
    }

    [Fact]
    public void Two_ways_that_need_not_cross_do_not()
    {
        // Declared crosswise: 0 -> 3, 1 -> 2.
        var layout = new LayeredLayout([80, 80, 80, 80], [(0, 3), (1, 2)]);

        (layout.X(0) < layout.X(1)).ShouldBe(layout.X(3) < layout.X(2));
    }
}
