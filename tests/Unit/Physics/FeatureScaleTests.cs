using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>The rows of training-and-evaluation 1.6, computed there from the published parameters.</summary>
public sealed class FeatureScaleTests
{
    [Theory]
    [InlineData(20f, -1f)]
    [InlineData(100f, -0.8367347f)]
    [InlineData(510f, 0f)]
    [InlineData(1000f, 1f)]
    [InlineData(1500f, 1f)]
    public void A_linear_range_goes_onto_minus_one_to_one(float pt, float expected)
    {
        FeatureScale scale = FeatureScale.Linear("tau_pt", ConstituentCone.Global, 20, 1000);

        (scale.Mean, scale.Std).ShouldBe((510, 490));
        Apply(scale, pt).ShouldBe(expected);
    }

    [Theory]
    [InlineData(0.2482, 0.3601, 0.5f, 0.69925f)]
    [InlineData(0.02191, 0.08964, 0.5f, 5f)]
    [InlineData(0, 0.1, 0.03f, 0.3f)]
    [InlineData(0, 0.5, 0.03f, 0.06f)]
    public void Published_constants_scale_as_computed(double mean, double std, float value, float expected) =>
        Apply(FeatureScale.Stored("f", ConstituentCone.Inner, ScalingKind.Normal, (mean, std, -5, 5)), value).ShouldBe(expected, 5e-6f);

    [Fact]
    public void The_arithmetic_is_float32_in_the_stated_order()
    {
        FeatureScale scale = FeatureScale.Stored("f", ConstituentCone.Global, ScalingKind.Normal, (0.1, 0.3, -5, 5));

        Apply(scale, 0.7f).ShouldBe((0.7f - 0.1f) / 0.3f);
    }

    [Fact]
    public void A_normal_feature_has_mean_zero_and_deviation_one_after_scaling()
    {
        float[] values = [.. Enumerable.Range(0, 5000).Select(i => (float)(40 + 7 * new CounterRandom(1, (ulong)i).NextNormal()))],
            scaled = new float[5000];

        FeatureScale.Normal("f", ConstituentCone.Global, default(Moments).And(values)).Apply(values, scaled);

        Moments after = default(Moments).And(scaled);
        after.Mean.ShouldBe(0, 1e-6);
        after.StandardDeviation.ShouldBe(1, 1e-6);
    }

    [Fact]
    public void Missing_values_become_zero_whatever_their_type_and_in_every_kind_of_scaling()
    {
        Batch batch = new([
            new Column<float>("float32", new[] { float.NaN, 20 }), new Column<double>("float64", new[] { double.NaN, 20 }),
            new Column<sbyte>("int8", new sbyte[] { -128, 20 }), new Column<short>("int16", new short[] { -32768, 20 }),
            new Column<int>("int32", new[] { int.MinValue, 20 }), new Column<long>("int64", new[] { long.MinValue, 20 }),
        ]);
        string[] names = [.. batch.Schema.Columns.Select(column => column.Name)];
        Feature[] features = [.. names.Select(name => new Feature(name, ScalingKind.NoScaling, null))];

        float[] linear = ScaledFeatures.Of(
            batch,
            features,
            new FeatureScaling(names.Select(name => FeatureScale.Linear(name, ConstituentCone.Global, 10, 20))));
        float[] asTheyAre = ScaledFeatures.Of(batch, features, new FeatureScaling(names.Select(name => FeatureScale.Identity(name))));

        linear.ShouldBe([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
        asTheyAre.ShouldBe([0, 0, 0, 0, 0, 0, 20, 20, 20, 20, 20, 20]);
    }

    [Fact]
    public void The_lowest_float_is_a_number_once_rows_are_in_the_pipeline() =>
        Apply(FeatureScale.Linear("f", ConstituentCone.Global, 10, 20), float.MinValue).ShouldBe(-1);

    [Fact]
    public void No_scaling_is_the_identity_but_refuses_infinity()
    {
        FeatureScale scale = FeatureScale.Identity("f", ScalingKind.Categorical);

        Apply(scale, -123.5f).ShouldBe(-123.5f);
        Should.Throw<StepFailed>(() => Apply(scale, float.PositiveInfinity)).Text.Title.ShouldContain("'f'");
        Apply(FeatureScale.Linear("g", ConstituentCone.Global, 0, 1), float.PositiveInfinity).ShouldBe(1);
    }

    [Fact]
    public void A_feature_that_never_varies_scales_to_zero()
    {
        FeatureScale scale = FeatureScale.Normal("f", ConstituentCone.Global, Moments.Of([3, 3, 3]));

        scale.Std.ShouldBe(0);
        Apply(scale, 3).ShouldBe(0);
    }

    [Fact]
    public void Too_few_or_too_many_broken_values_are_refused()
    {
        Should.Throw<StepFailed>(() => FeatureScale.Normal("f", ConstituentCone.Global, Moments.Of([1])));
        Should.Throw<StepFailed>(() => FeatureScale.Normal("f", ConstituentCone.Global, Moments.Of([1, 2, 3, double.NaN])));
        FeatureScale.Normal("f", ConstituentCone.Global, Moments.Of([1, 2, 3, double.NaN]), largestNotFinite: 0.25).Mean.ShouldBe(2);
        Should.Throw<Misuse>(() => FeatureScale.Linear("f", ConstituentCone.Global, 1, 1));
    }

    [Fact]
    public void A_global_scaling_serves_both_cones()
    {
        FeatureScale inner = FeatureScale.Linear("deta", ConstituentCone.Inner, -0.1, 0.1), global = FeatureScale.Identity("charge");
        var scaling = new FeatureScaling([inner, global]);

        scaling.Of("charge", ConstituentCone.Outer).ShouldBeSameAs(global);
        scaling.Of("deta", ConstituentCone.Inner).ShouldBeSameAs(inner);
        Should.Throw<Misuse>(() => scaling.Of("deta", ConstituentCone.Outer));
        ScalingNames.ParseKind("no_scaling").ShouldBe(ScalingKind.NoScaling);
    }

    private static float Apply(FeatureScale scale, float value)
    {
        var scaled = new float[1];
        scale.Apply([value], scaled);
        return scaled[0];
    }
}
