using Shouldly;
using TauPipeline.Plotting;
using Xunit;

namespace TauPipeline.Tests.Unit.Plotting;

public sealed class CurveThinningTests
{
    [Fact]
    public void A_long_curve_keeps_its_ends_and_loses_what_no_eye_can_see()
    {
        Curve curve = Steep(100_000);

        Curve thin = CurveThinning.Thin(curve, x => x, y => 1 + (Math.Log10(y) / 4));

        thin.X.Length.ShouldBeInRange(150, CurveThinning.MostPoints);
        (thin.X[0], thin.Y[0]).ShouldBe((0, 0));
        (thin.X[^1], thin.Y[^1]).ShouldBe((1, 1));
        thin.X.ShouldBeSubsetOf(curve.X);
    }

    [Fact]
    public void The_points_are_spent_inside_the_frame_and_the_line_still_comes_in_at_its_edge()
    {
        Curve thin = CurveThinning.Thin(Steep(100_000), x => (x - 0.9) / 0.1, y => 1 + (Math.Log10(y) / 4));

        thin.X.Count(x => x > 0.9).ShouldBeGreaterThan(150);
        thin.X.Last(x => x < 0.9).ShouldBeGreaterThan(0.8999);
    }

    [Fact]
    public void A_jump_does_not_use_up_the_points_after_it()
    {
        double[] x = [.. Enumerable.Range(0, 10_000).Select(i => i / 9999.0)];
        var curve = new Curve("jump", x, [.. x.Select(value => value < 0.5 ? 0 : 1.0)]);

        Curve thin = CurveThinning.Thin(curve, a => a, a => a, most: 100);

        thin.X.Length.ShouldBeLessThanOrEqualTo(100);
        double[] gaps = [.. thin.X.Zip(thin.X.Skip(1), (a, b) => b - a)];
        gaps.Max().ShouldBeLessThan(0.03);
    }

    [Fact]
    public void The_band_goes_with_its_points()
    {
        Curve thin = CurveThinning.Thin(Steep(10_000), a => a, a => a);

        thin.Low!.Zip(thin.Y, (low, y) => low == y / 2).ShouldAllBe(same => same);
        thin.High!.Length.ShouldBe(thin.X.Length);
    }

    [Fact]
    public void A_short_curve_stays_as_it_is()
    {
        Curve curve = Steep(200);

        CurveThinning.Thin(curve, x => x, y => y).ShouldBeSameAs(curve);
    }

    private static Curve Steep(int points)
    {
        double[] x = [.. Enumerable.Range(0, points).Select(i => (double)i / (points - 1))];
        double[] y = [.. x.Select(value => Math.Pow(value, 6))];
        return new Curve("steep", x, y, [.. y.Select(value => value / 2)], [.. y.Select(value => value * 2)]);
    }
}
