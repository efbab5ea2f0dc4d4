using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>The worked examples of training-and-evaluation 9.4 and 9.5 (scikit-learn's roc_curve, scipy's beta.ppf), through expressions of stored columns.</summary>
public sealed class PerformanceBuilderTests
{
    private static readonly float[] Taus = [.95f, .9f, .8f, .6f, .3f], Jets = [.85f, .6f, .4f, .2f, .1f];
    private static readonly float[] TauWeights = [1, 1, 2, 1, 1], JetWeights = [1, 1, .5f, 1, 1];

    [Fact]
    public void The_curve_and_its_area_are_those_of_scikit_learn()
    {
        RocEntry curve = Build("metrics: { weights: none, prune_decimals: 9 }").RocCurve.Single();

        // Pruned: of points of one efficiency the first stays, and the end.
        curve.FalsePositiveRate.ShouldBe([0, 0, 0, .2, .4, .6, 1], 1e-12);
        curve.TruePositiveRate.ShouldBe([0, .2, .4, .6, .8, 1, 1], 1e-12);
        curve.Thresholds[0].ShouldBeNull();
        curve.Thresholds.Skip(1).Select(threshold => threshold!.Value).ShouldBe([.95, .9, .8, .6, .3, .1], 1e-6);
        curve.AucScore!.Value.ShouldBe(0.78, 1e-12);
        (curve.Signal, curve.Background, curve.Denominator).ShouldBe((5, 5, "reconstructed candidates"));
    }

    [Fact]
    public void Weights_of_events_count_if_asked_for()
    {
        RocEntry curve = Build("metrics: { weights: event, prune_decimals: 9 }").RocCurve.Single();

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

    [Fact]
    public void A_missing_score_or_an_empty_class_is_a_note_and_no_curve()
    {
        Performance without = Build("metrics: {}", taus: [.9f, float.NaN], tauWeights: [1, 1]), empty = Build("metrics: {}", taus: [], tauWeights: []);

        without.RocCurve.ShouldBeEmpty();
        without.Notes.ShouldHaveSingleItem().ShouldContain("lack its score");
        empty.RocCurve.ShouldBeEmpty();
        empty.Notes.ShouldHaveSingleItem().ShouldContain("no signal row");
    }

    private static Performance Build(string yaml, float[]? taus = null, float[]? tauWeights = null)
    {
        ConfigBlock root = Campaigns.Root(yaml + """

            discriminators: { stored: { scores: { jet: raw }, working_points: { jet: { column: bits, names: [Medium] } } } }
            evaluation: [{ name: a, against: jet, signal: { DY: [tau] }, background: { DY: [jet] } }]
            """);
        DiscriminatorSettings discriminators = DiscriminatorSettings.Read(root, ClassSettings.Standard);
        EvaluationSettings evaluation = EvaluationSettings.Read(root, root.Block("definitions"), [Campaigns.Dataset("DY")], ClassSettings.Standard);
        MetricsSettings settings = MetricsSettings.Read(root.Block("metrics"), "test", discriminators, evaluation);
        Campaigns.MistakesOf(root).ShouldBeEmpty();

        var builder = new PerformanceBuilder(settings, null);
        builder.Add(evaluation.Pairs.Single(), Rows(discriminators, taus ?? Taus, tauWeights ?? TauWeights), Rows(discriminators, Jets, JetWeights));
        return builder.Finish([]);
    }

    private static ScoredRows Rows(DiscriminatorSettings discriminators, float[] scores, float[] weights)
    {
        var rows = new ScoredRows(StandardClasses.Scheme, discriminators.All);
        rows.Add(ScoredBatch.Of([.. scores.Select(_ => (0.5f, 0.5f))]).With(
            new Column<float>("raw", scores), new Column<float>("bits", scores.Select(score => score > .55f ? 1f : 0f).ToArray()), new Column<float>(CandidateColumns.Weight, weights)));
        return rows;
    }
}
