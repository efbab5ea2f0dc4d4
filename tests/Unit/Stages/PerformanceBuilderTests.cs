using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// The worked examples of training-and-evaluation 9.4 and 9.5 (scikit-learn's roc_curve, scipy's beta.ppf), through expressions of stored
/// columns.
/// </summary>
public sealed class PerformanceBuilderTests
{
    private static readonly float[] Taus = [.95f, .9f, .8f, .6f, .3f], Jets = [.85f, .6f, .4f, .2f, .1f];
    private static readonly float[] TauWeights = [1, 1, 2, 1, 1], JetWeights = [1, 1, .5f, 1, 1];

    [Fact]
    public void The_curve_and_its_area_are_those_of_scikit_learn()
    {
        RocEntry curve = Build("metrics: { prune_decimals: 9 }").RocCurve.Single();

        // Pruned: of points of one efficiency the first stays, and the end.
        curve.FalsePositiveRate.ShouldBe([0, 0, 0, .2, .4, .6, 1], 1e-12);
        curve.TruePositiveRate.ShouldBe([0, .2, .4, .6, .8, 1, 1], 1e-12);
        curve.Thresholds[0].ShouldBeNull();
        curve.Thresholds.Skip(1).Select(threshold => threshold!.Value).ShouldBe([.95, .9, .8, .6, .3, .1], 1e-6);
        curve.AucScore!.Value.ShouldBe(0.78, 1e-12);
        (curve.Signal, curve.Background, curve.Denominator.Selection, curve.Intervals).ShouldBe((5, 5, "none", "Clopper-Pearson"));
    }

    [Fact]
    public void Weights_of_events_count_if_asked_for()
    {
        RocEntry curve = Build("metrics: { prune_decimals: 9 }", weight: "event").RocCurve.Single();

        curve.FalsePositiveRate.ShouldBe([0, 0, 0, .222222, .444444, .555556, 1], 1e-6);
        curve.TruePositiveRate.ShouldBe([0, .166667, .333333, .666667, .833333, 1, 1], 1e-6);
        curve.AucScore!.Value.ShouldBe(0.777778, 1e-6);
    }

    [Fact]
    public void The_rate_at_an_efficiency_has_an_interval_around_it()
    {
        RateEntry rate = Build("metrics: { efficiencies: [0.6] }").RocCurve.Single().Rates.Single();

        rate.Rate.ShouldBe(.2, 1e-12);
        rate.Low.ShouldBeLessThan(.2);
        rate.High.ShouldBeGreaterThan(.2);
    }

    [Fact]
    public void Stored_points_give_counts_and_Clopper_Pearson_intervals()
    {
        WorkingPointEntry point = Build("metrics: {}").RocWp.Single();

        // Above .55: four of five taus, two of five jets; the limits are scipy.stats.beta.ppf's at one sigma.
        (point.TruePositiveRate.Passed, point.FalsePositiveRate.Passed, point.FalsePositiveRate.Total).ShouldBe((4, 2, 5));
        point.TruePositiveRate.Low!.Value.ShouldBe(0.475749, 5e-5);
        point.TruePositiveRate.High!.Value.ShouldBe(0.966039, 5e-5);
        point.FalsePositiveRate.Low!.Value.ShouldBe(0.146652, 5e-5);
        point.FalsePositiveRate.High!.Value.ShouldBe(0.703366, 5e-5);
    }

    // The weighted example of 9.5: above .55 stand 5 of 6 by weight of the taus, 2 of 4.5 of the jets.
    [Fact]
    public void A_weighted_point_lies_on_the_weighted_curve()
    {
        Performance performance = Build("metrics: { prune_decimals: 9 }", weight: "event");

        WorkingPointEntry point = performance.RocWp.Single();
        point.TruePositiveRate.Value!.Value.ShouldBe(5 / 6.0, 1e-12);
        point.FalsePositiveRate.Value!.Value.ShouldBe(2 / 4.5, 1e-12);
        RocEntry curve = performance.RocCurve.Single();
        int at = curve.TruePositiveRate.ToList().FindIndex(rate => Math.Abs(rate - 5 / 6.0) < 1e-12);
        curve.FalsePositiveRate[at].ShouldBe(2 / 4.5, 1e-12);
        (curve.Weight, curve.Intervals).ShouldBe(("weight", "Clopper-Pearson of effective counts"));
    }

    // One jet counts -1: of the weights 1, 1, .5, -1, 1 above .55 stand 2 of 2.5.
    [Fact]
    public void Negative_weights_go_into_curve_and_points_alike_with_intervals_from_events()
    {
        Performance performance = Build(
            "metrics: { prune_decimals: 9, efficiencies: [0.8] }",
            weight: "event",
            jetWeights: [1, 1, .5f, -1, 1]);

        RocEntry curve = performance.RocCurve.Single();
        curve.Intervals.ShouldBe("bootstrap over events");
        curve.Rates.Single().Rate.ShouldBe(2 / 2.5, 1e-12);
        performance.RocWp.Single().FalsePositiveRate.Value!.Value.ShouldBe(2 / 2.5, 1e-12);
        curve.Rates.Single().Low.ShouldBeLessThan(2 / 2.5);
        Build("metrics: { prune_decimals: 9, efficiencies: [0.8] }", weight: "event", jetWeights: [1, 1, .5f, -1, 1])
            .RocCurve.Single()
            .AucError.ShouldBe(curve.AucError);
    }

    [Fact]
    public void A_row_without_a_score_is_left_out_and_counted_and_the_curve_stays()
    {
        float nan = float.NaN;

        Performance one = Build("metrics: { prune_decimals: 9 }", taus: [.. Taus, nan], tauWeights: [.. TauWeights, 1]);

        RocEntry curve = one.RocCurve.Single();
        (Math.Round(curve.AucScore!.Value, 12), curve.Signal, curve.NoScore).ShouldBe((0.78, 5, 1));
        one.Notes.ShouldHaveSingleItem().ShouldContain("1 row has no score and is left out");
    }

    // Infinite scores are scores: the first of all taus, the last of all jets.
    [Fact]
    public void Infinite_scores_keep_their_order()
    {
        RocEntry curve = Build(
            "metrics: {}",
            taus: [float.PositiveInfinity, .9f, .8f, .6f, .3f],
            jets: [.85f, .6f, .4f, .2f, float.NegativeInfinity])
            .RocCurve.Single();

        (Math.Round(curve.AucScore!.Value, 12), curve.NoScore).ShouldBe((0.78, 0));
    }

    [Fact]
    public void A_discriminator_that_no_row_has_or_an_empty_class_is_a_note_and_no_curve()
    {
        Performance without = Build("metrics: {}", taus: [float.NaN, float.NaN], tauWeights: [1, 1], jets: [float.NaN], jetWeights: [1]);
        Performance empty = Build("metrics: {}", taus: [], tauWeights: []);

        without.RocCurve.ShouldBeEmpty();
        without.Notes.ShouldHaveSingleItem().ShouldContain("lack its score");
        empty.RocCurve.ShouldBeEmpty();
        empty.Notes.ShouldHaveSingleItem().ShouldContain("no signal row");
    }

    // 8 jets of QCD of which 2 pass, 2 of TT of which both do: 4 of 10 pooled, (1/4 + 1) / 2 in equal shares, and 10 TT for each QCD.
    [Theory]
    [InlineData("events", 4 / 10.0)]
    [InlineData("equal", (2 / 8.0 + 1) / 2)]
    [InlineData("cross_section", (2 * 1 + 2 * 10) / (8.0 + 2 * 10))]
    public void A_pooled_rate_names_its_mixture_and_each_process(string composition, double pooled)
    {
        float[] qcd = [.9f, .9f, .1f, .1f, .1f, .1f, .1f, .1f], top = [.9f, .9f];

        Performance performance = Build(
            "metrics: { efficiencies: [1] }",
            taus: [.8f],
            tauWeights: [1],
            pairMore: $"composition: {composition},",
            background: rows =>
            {
                rows.Add("QCD", Scored(qcd, [.. qcd.Select(_ => 1f)]));
                rows.Add("TT", Scored(top, [1, 1]));
            });

        RocEntry curve = performance.RocCurve.Single();
        curve.Composition.ShouldBe(composition);
        curve.Rates.Single().Rate.ShouldBe(pooled, 1e-12);
        performance.RocWp.Single().FalsePositiveRate.Value!.Value.ShouldBe(pooled, 1e-12);
        curve.Processes.Select(process => (process.Dataset, process.Rates.Single().Value)).ShouldBe([("QCD", 0.25), ("TT", 1.0)]);
        ReportCards.Of(performance).ShouldBeEmpty(); // of so few rows no number is held up
        RocEntry[] curves = [.. performance.RocCurve.Select(one => one with { Signal = 100, Background = 100 })];
        Performance large = performance with { RocCurve = curves };
        ReportCards.Of(large).Single().Detail.ShouldContain("25 % of QCD, 100 % of TT");
    }

    [Fact]
    public void Efficiency_bins_hold_their_lower_edge_as_the_bins_of_curves_do()
    {
        // all rows are at pt 30
        Performance performance = Build("metrics: { variables: { pt: { bins: [20, 30, 40] } } }");

        EfficiencyEntry pt = performance.Efficiencies.Single(entry => entry.Variable == "pt");
        // All rows are fewer than a bin needs, and make one.
        pt.GenuineEdges.ShouldBe([20, 40]);
        pt.Genuine.Single().Total.ShouldBe(5);
        (pt.Definition.Sample, pt.Definition.RequiredInNumerator.Count).ShouldBe(("test rows: DY against DY", 0));
        performance.Efficiencies.Single(entry => entry.Variable == "decay_mode")
            .Categories.ShouldBe(["0", "1", "2", "5", "6", "7, 10", "11"]);
    }

    // Side by side: 19, 1, 20, 5 rows; the first two are 20 together, the last 5 join the 20.
    [Theory]
    [InlineData(new[] { 19, 1, 20, 5 }, new[] { 0, 2 })]
    [InlineData(new[] { 20, 20, 20 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 0, 0, 7 }, new[] { 0 })]
    [InlineData(new[] { 40, 0, 0, 19, 1 }, new[] { 0, 1 })]
    public void Bins_of_fewer_than_twenty_candidates_are_merged_with_their_neighbours(int[] rows, int[] first) =>
        EfficiencyBins.Merged(rows).ShouldBe(first);

    [Fact]
    public void Merged_bins_have_edges_of_their_own_on_each_side()
    {
        // 25 taus and 19 jets at pt 30
        float[] taus = [.. Enumerable.Range(0, 25).Select(i => i / 25f)], jets = [.. taus.Take(19)];
        Performance performance = Build(
            "metrics: { variables: { pt: { bins: [20, 25, 31, 40, 50] } } }",
            taus: taus, tauWeights: taus, jets: jets, jetWeights: jets);

        EfficiencyEntry pt = performance.Efficiencies.Single(entry => entry.Variable == "pt");
        pt.GenuineEdges.ShouldBe([20, 50]);
        pt.MisidentifiedEdges.ShouldBe([20, 50]);
        (pt.Genuine.Single().Total, pt.Misidentified.Single().Total).ShouldBe((25L, 19L));
        EfficiencyEntry modes = performance.Efficiencies.Single(entry => entry.Variable == "decay_mode");
        (modes.GenuineEdges.Count, modes.Genuine.Count).ShouldBe((0, 7));
    }

    // Of jets with scores 0.00, 0.01 ... 0.19 ten pass a cut at 0.10 and nine one at 0.11; taus stand between.
    [Fact]
    public void Points_that_fewer_than_ten_background_rows_pass_are_thin()
    {
        float[] jets = [.. Enumerable.Range(0, 20).Select(i => i / 100f)], taus = [.. jets.Select(score => score + 0.005f)];
        RocEntry curve = Build(
            "metrics: { prune_decimals: 9 }", taus: taus, tauWeights: taus, jets: jets, jetWeights: jets).RocCurve.Single();

        curve.Thresholds.Select((threshold, i) => (threshold, i)).Where(one => one.threshold is null or > 0.1001)
            .Select(one => one.i).ShouldBe(Enumerable.Range(0, curve.ThinPoints));
        curve.ThinPoints.ShouldBeGreaterThan(5);
        curve.HasFewRows().ShouldBeTrue();
        (curve with { Signal = 100, Background = 99 }).HasFewRows().ShouldBeTrue();
        (curve with { Signal = 100, Background = 100 }).HasFewRows().ShouldBeFalse();
    }

    internal static Performance Build(
        string yaml,
        float[]? taus = null,
        float[]? tauWeights = null,
        float[]? jets = null,
        float[]? jetWeights = null,
        string weight = "none",
        string pairMore = "", Action<ScoredRows>? background = null)
    {
        ConfigBlock root = Campaigns.Root(yaml + $$"""

            definitions: { weight: {{weight}} }
            discriminators: { stored: { scores: { jet: raw }, working_points: { jet: { column: bits, names: [Medium] } } } }
            evaluation: [{ name: a, against: jet, {{pairMore}} signal: { DY: [tau] }, background: { DY: [jet] } }]
            """);
        DiscriminatorSettings discriminators = DiscriminatorSettings.Read(root, ClassSettings.Standard);
        EvaluationSettings evaluation = EvaluationSettings.Read(
            root,
            root.Block("definitions"),
            [Campaigns.Dataset("DY")],
            ClassSettings.Standard);
        MetricsSettings settings = MetricsSettings.Read(root.Block("metrics"), "test", discriminators, evaluation) with
        {
            Factors = new Dictionary<string, double> { ["QCD"] = 1, ["TT"] = 10 },
        };
        Campaigns.MistakesOf(root).ShouldBeEmpty();

        var (signal, other) = (
            new ScoredRows(StandardClasses.Scheme, discriminators.All, evaluation.Weight, settings.Variables),
            new ScoredRows(StandardClasses.Scheme, discriminators.All, evaluation.Weight, settings.Variables));
        signal.Add("DY", Scored(taus ?? Taus, tauWeights ?? TauWeights));
        if (background is null) other.Add("DY", Scored(jets ?? Jets, jetWeights ?? JetWeights));
        else background(other);
        var builder = new PerformanceBuilder(settings, null);
        foreach (EvaluationPair pair in evaluation.Pairs) builder.Add(pair, signal, other);
        return builder.Finish([]);
    }

    private static Batch Scored(float[] scores, float[] weights) => ScoredBatch.Of([.. scores.Select(_ => (0.5f, 0.5f))]).With(
        new Column<float>("raw", scores),
        new Column<float>("bits", scores.Select(score => score > .55f ? 1f : 0f).ToArray()),
        new Column<float>(CandidateColumns.Weight, weights));
}
