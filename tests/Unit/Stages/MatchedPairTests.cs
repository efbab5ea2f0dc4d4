using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// Pairs whose background is weighted to the signal in some variables: here in the discriminator itself, in bins below and above 0.5.
/// The areas are those of scikit-learn's roc_auc_score with these weights.
/// </summary>
public sealed class MatchedPairTests
{
    private const string Halves = "metrics: { prune_decimals: 9, variables: { hard: { column: raw, bins: [0, 0.5, 1] } } }";

    [Fact]
    public void A_discriminator_that_sees_nothing_but_the_matched_variable_has_an_area_of_a_half()
    {
        Performance performance = PerformanceBuilderTests.Build(
            Halves,
            taus: [.25f, .75f, .75f, .75f], tauWeights: [1, 1, 1, 1], jets: [.25f, .25f, .25f, .75f], jetWeights: [1, 1, 1, 1],
            pairMore: "match: [hard],");

        performance.RocCurve.Select(curve => curve.Pair).ShouldBe(["a", "a_matched"]);
        performance.RocCurve.Select(curve => Math.Round(curve.AucScore!.Value, 12)).ShouldBe([0.75, 0.5]);
    }

    // Four of five taus and two of five jets are above 0.5: jets there count 2, the others a third.
    [Fact]
    public void Rows_count_the_signals_share_of_their_cell_over_the_backgrounds()
    {
        Performance performance = PerformanceBuilderTests.Build(Halves, pairMore: "match: [hard],");

        RocEntry plain = performance.RocCurve[0], matched = performance.RocCurve[1];
        plain.AucScore!.Value.ShouldBe(0.78, 1e-12);
        matched.AucScore!.Value.ShouldBe(0.6266666666666666, 1e-12);
        performance.RocWp[1].FalsePositiveRate.Value!.Value.ShouldBe((2 + 2) / 5.0, 1e-12);
        performance.RocWp[1].FalsePositiveRate.Total.ShouldBe(5);
        performance.RocWp[1].TruePositiveRate.ShouldBe(performance.RocWp[0].TruePositiveRate);
        (plain.Intervals, matched.Intervals).ShouldBe(("Clopper-Pearson", "Clopper-Pearson of effective counts"));
        matched.Denominator.Sample.ShouldEndWith(", weighted to the signal in hard");
        performance.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Weights_of_events_count_on_both_sides()
    {
        Performance performance = PerformanceBuilderTests.Build(Halves, weight: "event", pairMore: "match: [hard],");

        performance.RocCurve[1].AucScore!.Value.ShouldBe(0.6125, 1e-6);
    }

    [Fact]
    public void Signal_that_no_background_stands_for_is_told_and_background_outside_all_cells_counts_nothing()
    {
        Performance performance = PerformanceBuilderTests.Build(
            "metrics: { prune_decimals: 9, variables: { hard: { column: raw, bins: [0.15, 0.5, 0.92, 1] } } }", pairMore: "match: [hard],");

        performance.Notes.ShouldHaveSingleItem().ShouldContain("no background stands for 20.0 % of the signal");
        // Two jets of weight 3/5 over 2/4, two of 1/5 over 2/4, one of none: above 0.55 stand three quarters.
        performance.RocWp[1].FalsePositiveRate.Value!.Value.ShouldBe(0.75, 1e-12);
    }

    // The jets above 0.5 cancel: they cannot be scaled to the taus there.
    [Fact]
    public void A_cell_whose_background_cancels_stands_for_none()
    {
        Performance performance = PerformanceBuilderTests.Build(
            Halves, weight: "event", jetWeights: [1, -1, .5f, 1, 1], pairMore: "match: [hard],");

        performance.Notes.ShouldHaveSingleItem().ShouldContain("no background stands for 83.3 % of the signal");
        performance.RocWp[1].FalsePositiveRate.Value.ShouldBe(0);
    }

    [Fact]
    public void Variables_that_are_not_there_are_told_with_their_place_and_neighbours()
    {
        ConfigBlock root = Campaigns.Root("""
            metrics: { variables: { npu: { bins: [0, 20, 80] } } }
            evaluation:
            - { name: a, against: jet, signal: { DY: [tau] }, background: { DY: [jet] }, match: [pt, npv] }
            """);

        EvaluationSettings read = EvaluationSettings.Read(
            root, root.Block("definitions"), [Campaigns.Dataset("DY")], ClassSettings.Standard);

        root.Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain(":3: 'evaluation.0.match' is not names of metrics.variables");
        root.Mistakes.Found[0].Facts.ShouldContain(("found", "'npv', nearest npu"));
        read.Gathered.Select(pair => pair.Name).ShouldBe(["a"]);
        read.Pairs.Select(pair => pair.Title).ShouldBe(["a", "a, background as the signal in pt"]);
    }
}
