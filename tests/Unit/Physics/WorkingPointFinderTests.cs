using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Tests.Unit.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>The worked example of training-and-evaluation 11.2, run there with the original code.</summary>
public sealed class WorkingPointFinderTests
{
    private static readonly Dictionary<string, double[]> Scores = new()
    {
        ["e"] = [.. Enumerable.Range(0, 20).Select(i => (7 * i % 20 + .5) / 20)],
        ["jet"] = [.. Enumerable.Range(0, 20).Select(i => ((3 * i + 5) % 20 + .5) / 20)],
    };

    private static readonly WorkingPointSettings Free = new()
    {
        Targets =
        [
            new("e", WorkingPoint.Tight, .5), new("e", WorkingPoint.Loose, .9),
            new("jet", WorkingPoint.Tight, .6), new("jet", WorkingPoint.Loose, .8),
        ],
        EfficiencyStep = 0.1,
    };

    private static readonly WorkingPointSettings Requiring = Free with
    {
        Required = new Dictionary<string, WorkingPoint> { ["e"] = WorkingPoint.Loose, ["jet"] = WorkingPoint.Loose },
    };

    private static readonly double[] HalfDouble = [.. Enumerable.Range(0, 20).Select(i => i < 10 ? 1.0 : 2.0)];

    [Fact]
    public void Without_requirements_two_iterations_suffice()
    {
        WorkingPointTable table = new WorkingPointFinder(Free).Find(Scores);

        History(table, "e", WorkingPoint.Tight).ShouldBeClose([.5, .5], 1e-7);
        History(table, "e", WorkingPoint.Loose).ShouldBeClose([.1, .1], 1e-7);
        History(table, "jet", WorkingPoint.Tight).ShouldBeClose([.4, .4], 1e-7);
        History(table, "jet", WorkingPoint.Loose).ShouldBeClose([.2, .2], 1e-7);
        table.Rows.Select(row => row.Achieved).ShouldBeClose([.9, .5, .8, .6], 1e-7);
    }

    [Fact]
    public void With_requirements_the_fourth_iteration_settles()
    {
        WorkingPointTable table = new WorkingPointFinder(Requiring).Find(Scores);

        History(table, "e", WorkingPoint.Tight).ShouldBeClose([.5, .5, .475, .475], 1e-7);
        History(table, "e", WorkingPoint.Loose).ShouldBeClose([.1, .075, .075, .075], 1e-7);
        History(table, "jet", WorkingPoint.Tight).ShouldBeClose([.4, .425, .425, .425], 1e-7);
        History(table, "jet", WorkingPoint.Loose).ShouldBeClose([.2, .175, .175, .175], 1e-7);
    }

    [Fact]
    public void Weights_move_the_thresholds()
    {
        WorkingPointTable required = new WorkingPointFinder(Requiring).Find(Scores, HalfDouble),
            free = new WorkingPointFinder(Free).Find(Scores, HalfDouble);

        required.Rows.Select(row => row.Threshold).ShouldBeClose([.175, .55, .225, .425], 1e-7);
        required.Rows.ShouldAllBe(row => row.History.Count == 3);
        free.Rows.Select(row => row.Threshold).ShouldBeClose([.15, .55, .2, .4], 1e-7);
    }

    [Fact]
    public void Passing_is_strict_and_rows_go_from_loose_to_tight()
    {
        WorkingPointTable table = new WorkingPointFinder(Free).Find(Scores);

        table.Against("jet").Select(row => row.Point).ShouldBe([WorkingPoint.Loose, WorkingPoint.Tight]);
        table.Against("jet").First().IsPassedBy(0.2).ShouldBeFalse();
        table.Against("jet").First().IsPassedBy(0.2000001).ShouldBeTrue();
    }

    [Fact]
    public void What_does_not_settle_together_settles_one_class_after_another()
    {
        WorkingPointTable table = new WorkingPointFinder(Requiring with { MostIterations = 3 }).Find(Scores);

        table.Ending.ShouldBe(SearchEnding.SettledOneByOne);
        table.Rows.Select(row => row.Threshold).ShouldBeClose([.075, .475, .175, .425], 1e-7);
    }

    // Above the threshold .175 against jets stand 16 of the 20 scores.
    [Fact]
    public void A_threshold_carries_its_uncertainty_and_what_remains()
    {
        WorkingPointRow row = new WorkingPointFinder(Requiring).Find(Scores).Against("e").Single(row => row.Point == WorkingPoint.Tight);

        row.OneTau.ShouldBe(1 / 16.0, 1e-12);
        row.Remains.ShouldBe(0, 1 / 16.0);
        row.Uncertainty.Low.ShouldBeLessThan(row.Threshold);
        row.Uncertainty.High.ShouldBeGreaterThan(row.Threshold);
    }

    [Fact]
    public void Targets_out_of_order_or_named_twice_are_refused_all_at_once()
    {
        WorkingPointSettings wrong = Free with
        {
            Targets =
            [
                new("e", WorkingPoint.Tight, .9),
                new("e", WorkingPoint.Loose, .5),
                new("jet", WorkingPoint.Tight, .6),
                new("jet", WorkingPoint.Tight, .6),
            ],
            Required = new Dictionary<string, WorkingPoint> { ["jet"] = WorkingPoint.VVLoose },
        };

        wrong.Mistakes().Select(mistake => mistake.Title).ShouldBe(
        [
            "Tight against e must have a smaller efficiency than Loose, which is looser", "Tight against jet is defined twice",
            "VVLoose against jet is required, but it is not among the working points to find",
        ]);
        Should.Throw<Misuse>(() => new WorkingPointFinder(wrong));
    }

    [Fact]
    public void Rounding_two_points_into_one_is_a_failure() =>
        Should.Throw<StepFailed>(() => new WorkingPointFinder(Free with { Decimals = 0 }).Find(Scores))
            .Text.Title.ShouldContain("rounding");

    [Fact]
    public void A_requirement_without_a_target_is_refused() =>
        Should.Throw<Misuse>(() =>
            new WorkingPointFinder(Free with { Required = new Dictionary<string, WorkingPoint> { ["jet"] = WorkingPoint.Medium } }));

    [Fact]
    public void Without_a_tau_that_counts_there_is_no_threshold_and_the_table_says_so()
    {
        const string none = "no genuine tau of positive weight is left to find working points against";

        foreach (
            WorkingPointTable table in new[]
            {
                new WorkingPointFinder(Free).Find(Scores, new double[20]),
                new WorkingPointFinder(Free).Find(Empty()),
            })
        {
            table.Rows.ShouldBeEmpty();
            table.Lacking.ShouldBe($"{none} e");
        }

        static Dictionary<string, double[]> Empty() => new() { ["e"] = [], ["jet"] = [] };
    }

    // Its own score is the threshold, which it does not pass: it cannot count against the other class.
    [Fact]
    public void A_single_tau_has_thresholds_where_nothing_is_required_and_none_where_it_fails_what_is()
    {
        var one = new Dictionary<string, double[]> { ["e"] = [0.5], ["jet"] = [0.25] };

        new WorkingPointFinder(Free).Find(one).Rows.Select(row => row.Threshold).ShouldBe([0.5, 0.5, 0.25, 0.25]);
        new WorkingPointFinder(Requiring).Find(one).Lacking!.ShouldStartWith("no genuine tau of positive weight is left");
    }

    // training-and-evaluation 0: p = .05 .05 .70 .20
    [Fact]
    public void The_pairwise_score_has_the_values_of_the_specification()
    {
        ScoreVs.Of(.70, .20).ShouldBe(0.777778, 5e-7);
        ScoreVs.Of(.70, .05).ShouldBe(0.933333, 5e-7);
        ScoreVs.Of(0, 0).ShouldBe(0);
        Should.Throw<StepFailed>(() => ScoreVs.Of(StandardClasses.Jet, [0.5f, 1.5f], [0.5f, 0.1f])).Text.Facts.ShouldContain(("row", "1"));
        // A row without probabilities has no score, and is no defect of those that have one.
        ScoreVs.Of(StandardClasses.Jet, [0.5f, float.NaN, 0], [0.5f, 0.1f, float.NaN]).ShouldBe([0.5, double.NaN, double.NaN]);
    }

    private static IReadOnlyList<double> History(WorkingPointTable table, string against, WorkingPoint point) =>
        table.Against(against).Single(row => row.Point == point).History;
}
