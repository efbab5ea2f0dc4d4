using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Plotting;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class ScalingFiguresTests
{
    private static readonly PlotSettings Settings = PlotSettings.Read(Campaigns.Root("plot: {}").Block("plot"));

    [Theory]
    [InlineData(ScalingFiguresWanted.Suspicious, "scaling_range_narrow_inner")]
    [InlineData(ScalingFiguresWanted.All, "scaling_range_good_global,scaling_range_narrow_inner")]
    public void Suspicious_features_are_drawn_or_all_that_are_scaled(ScalingFiguresWanted wanted, string names) =>
        string.Join(',', ScalingFigures.Of(Checks([]), wanted, Settings).Select(figure => figure.Name)).ShouldBe(names);

    [Fact]
    public void A_range_stands_beside_the_quantiles_of_one_two_and_three_deviations()
    {
        var figure = (BoxFigure)ScalingFigures.Of(Checks([]), ScalingFiguresWanted.Suspicious, Settings).Single().Figure;

        figure.Boxes.ShouldBe([new Box("not cut", -1, 0.5, 1), new Box("1 sigma", -2, 0, 2), new Box("2 sigma", -3, 0, 3), new Box("3 sigma", -4, 0, 4)]);
        figure.Text.ShouldContain("suspicious: left_within");
        figure.Text.ShouldContain("from -9 to 9, 25.00 % cut");
    }

    [Fact]
    public void Changes_are_drawn_by_cone_over_the_features_that_have_one_at_every_snapshot()
    {
        ScalingSnapshotEntry Entry(string name, params double[] changes) =>
            new(name, "global", [1, 2, 3], [1, 1, 1], [1, 1, 1], changes, changes, 0, 0);

        NamedFigure[] figures =
        [
            .. ScalingFigures.Of(
                Checks([Entry("a", 0.1, 0.2), Entry("b", 0.3, 0.4), Entry("c", double.NaN, 7)]), ScalingFiguresWanted.All, Settings),
        ];

        figures.Take(2).Select(figure => figure.Name).ShouldBe(["scaling_convergence_mean_global", "scaling_convergence_spread_global"]);
        var boxes = ((BoxFigure)figures[0].Figure).Boxes;
        boxes.Select(box => box.Label).ShouldBe(["200", "300"]);
        boxes[0].Middle.ShouldBe(0.2, 1e-12);
        boxes[1].Whiskers!.Value.High.ShouldBe(0.39, 1e-12); // numpy.percentile([0.2, 0.4], 95)
    }

    [Fact]
    public void The_figures_are_a_step_of_their_own_that_goes_by_the_checks_alone()
    {
        Step step = Campaigns.Smoke("plot.scaling=all").Single(stage => stage.Name == "Plot").Steps().Single(one => one.Key == "scaling");

        step.Reads.Select(read => read.Artifact.Path).ShouldBe(["scale/checks.json"]);
        step.Writes.Select(written => written.Path).ShouldBe(["plot/scaling", "plot/scaling.json"]);
    }

    private static ScalingChecksFile Checks(IReadOnlyList<ScalingSnapshotEntry> snapshots) => new(
        [
            Range("good", "global", "normal"), Range("narrow", "inner", "normal", "left_within"),
            Range("code", "global", "categorical"), Range("empty", "global", "normal") with { Left = [], Right = [] },
        ],
        [100, 200, 300], snapshots, null, 0.1);

    private static ScalingRangeEntry Range(string feature, string cone, string kind, params string[] suspicions) => new(
        feature, cone, kind, -1, 1, 0.5, 2, 0, -9, 9, [-2, -3, -4, -5], [2, 3, 4, 5], 0, 0.25, suspicions, 0);
}
