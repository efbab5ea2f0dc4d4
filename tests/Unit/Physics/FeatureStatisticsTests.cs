using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class FeatureStatisticsTests
{
    // data-preparation 4.10: 0.1 below 30 GeV, 0.05 from 60 GeV on; training-and-evaluation 1.2: 0.075 at 40.
    [Theory]
    [InlineData(20, 0.1)]
    [InlineData(30, 0.1)]
    [InlineData(40, 0.075)]
    [InlineData(60, 0.05)]
    [InlineData(100, 0.05)]
    public void The_signal_cone_narrows_with_pt(double pt, double radius) => new ConstituentCones().Radius(pt).ShouldBe(radius, 1e-15);

    [Theory]
    [InlineData(0.05, ConstituentCone.Inner)]
    [InlineData(0.0500001, ConstituentCone.Outer)]
    [InlineData(0.4999, ConstituentCone.Outer)]
    [InlineData(0.5, ConstituentCone.Global)]
    [InlineData(double.NaN, ConstituentCone.Global)]
    public void Inner_holds_its_edge_and_outer_does_not(double distance, ConstituentCone cone) =>
        new ConstituentCones().ConeOf(distance, 100).ShouldBe(cone);

    [Fact]
    public void Constituents_go_to_their_cone_across_the_edge_of_phi_and_count_where_the_feature_means_anything()
    {
        // Two candidates; the first has constituents at 0.02 (over the edge of phi), 0.3 and 0.6, the second one at 0.08 at 20 GeV.
        Batch batch = new([
            new Column<float>("tau_pt", new[] { 100f, 20f }), new Column<float>("tau_eta", new[] { 0f, 1f }),
            new Column<float>("tau_phi", new[] { 3.14f, 0f }),
            Jagged("pfCand_eta", [0, 3, 4], 0f, 0.3f, 0.6f, 1.08f), Jagged("pfCand_phi", [0, 3, 4], -3.1231853f, 3.14f, 3.14f, 0f),
            Jagged("pfCand_pt", [0, 3, 4], 50f, 10f, 5f, 4f),
        ]);
        Feature feature = new Feature("rel_pt", ScalingKind.Normal, null)
        {
            Constituents = "pfCand",
            ByCone = true,
            Value = Expression.Parse("pfCand_pt / tau_pt", ""),
            When = Expression.Parse("tau_eta < 2 and pfCand_pt > 4.5", ""),
        };

        FeatureValues values = FeatureValues.Of(batch, feature);
        ConstituentCone[] cones = new ConstituentCones().ConesOf(batch, "pfCand");

        cones.ShouldBe([ConstituentCone.Inner, ConstituentCone.Outer, ConstituentCone.Global, ConstituentCone.Inner]);
        values.Of(ConstituentCone.Inner, cones).ShouldBe([0.5]);
        values.Of(ConstituentCone.Outer, cones).ShouldBe([0.1]);
        values.Of(ConstituentCone.Global, null).ShouldBe([0.5, 0.1, 0.05]);
        feature.Columns.ShouldBe(["pfCand_pt", "tau_pt", "tau_eta", "pfCand_eta", "pfCand_phi", "tau_phi"]);
    }

    // modern-peers 1.1: {0, 0, 0, 1, 2, 3, 10, 100} has centre 1.5 and scale 0.130548.
    [Fact]
    public void Weavers_standardisation_has_its_golden_values()
    {
        FeatureScale scale = Scale(new Feature("f", ScalingKind.Quantile, (-5, 5)), 0, 0, 0, 1, 2, 3, 10, 100);

        (scale.Mean, Math.Round(1 / scale.Std, 6)).ShouldBe((1.5, 0.130548));
        Scale(new Feature("f", ScalingKind.Quantile, (-5, 5)), 7, 7, 7).Std.ShouldBe(1);
        var scaled = new float[2];
        scale.Apply([1.5f, 1e9f], scaled);
        scaled.ShouldBe([0f, 5f]);
    }

    [Theory]
    [InlineData(NonFinite.Clamp, 2.0, -3f, 5f)]
    [InlineData(NonFinite.Pad, 2.0, -3f, -3f)]
    [InlineData(NonFinite.Zero, 1.0, -1f, -1f)]
    public void What_is_not_finite_follows_the_features_policy_in_constants_and_in_scaling(
        NonFinite policy, double mean, float missing, float infinite)
    {
        Feature feature = new Feature("f", ScalingKind.Normal, (-5, 5)) { NonFinite = policy, Pad = -3 };

        FeatureScale scale = Scale(feature, 1, 3, 2, 2, double.NaN, double.PositiveInfinity, double.NaN, double.NaN);

        scale.Mean.ShouldBe(mean);
        (scale.Sample.NotANumber, scale.Sample.Infinite).ShouldBe((3, 1));
        var scaled = new float[2];
        scale.Apply([float.NaN, float.PositiveInfinity], scaled);
        if (policy == NonFinite.Zero) missing = infinite = (0 - (float)scale.Mean) / (float)scale.Std;
        scaled.ShouldBe([missing, infinite]);
    }

    [Fact]
    public void Too_many_values_that_are_not_finite_fail_and_so_does_one_where_none_is_allowed()
    {
        Feature feature = new("f", ScalingKind.Normal, (-5, 5));
        double[] values = [1, 2, 3, double.NaN];

        Should.Throw<StepFailed>(() => Scale(feature with { LargestNotFinite = 0.2 }, values)).Text.Title.ShouldContain("'f'");
        Scale(feature with { LargestNotFinite = 0.25 }, values).Mean.ShouldBe(2);
        Should.Throw<StepFailed>(() => Scale(feature with { NonFinite = NonFinite.Error }, values));
        FeatureScale scale = Scale(feature with { NonFinite = NonFinite.Error }, 1, 2, 3);
        Should.Throw<StepFailed>(() => scale.Apply([float.NaN], new float[1]));
    }

    [Fact]
    public void Columns_of_NaN_of_one_value_and_of_none_scale_to_the_pad_value_or_to_zero()
    {
        Feature feature = new Feature("f", ScalingKind.Normal, (-5, 5)) { Pad = -1 };
        var scaled = new float[2];

        foreach (double[] values in new[] { [double.NaN, double.NaN], [3], new double[] { } })
        {
            Scale(feature, values).Apply([float.NaN, 17], scaled);
            scaled.ShouldBe([-1f, 0f]);
        }
    }

    [Fact]
    public void A_feature_is_padded_where_it_means_nothing_whatever_its_value_there()
    {
        Batch batch = new([new Column<float>("x", new[] { 1f, float.PositiveInfinity, 3f }), new Column<int>("ok", new[] { 1, 0, 1 })]);
        Feature feature = new Feature("x", ScalingKind.NoScaling, null) { When = Expression.Parse("ok == 1", ""), Pad = 9 };
        var statistics = new FeatureStatistics(feature, ConstituentCone.Global, 5000);
        statistics.Add(FeatureValues.Of(batch, feature).Of(ConstituentCone.Global, null));

        ScaledFeatures.Of(batch, [feature], new FeatureScaling([statistics.Scale()])).ShouldBe([1, 9, 3]);
        statistics.Moments.Seen.ShouldBe(2);
    }

    private static FeatureScale Scale(Feature feature, params double[] values)
    {
        var statistics = new FeatureStatistics(feature, ConstituentCone.Global, 5000);
        statistics.Add(values);
        return statistics.Scale();
    }

    private static JaggedColumn<float> Jagged(string name, int[] offsets, params float[] values) => new(name, "pfCand", offsets, values);
}
