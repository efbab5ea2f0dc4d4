using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Physics;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class FeatureSettingsTests
{
    [Theory]
    [InlineData("tau_type")]
    [InlineData("genLepton_kind")]
    [InlineData("Tau_genPartFlav")]
    [InlineData("evt")]
    public void A_column_that_carries_truth_is_refused(string column)
    {
        ConfigBlock root = Campaigns.Root($"definitions: {{ features: {{ tau_pt: {{}}, {column}: {{}} }} }}");

        Read(root);

        Campaigns.MistakesOf(root).ShouldHaveSingleItem().ShouldContain($"'{column}' carries truth");
    }

    [Fact]
    public void Features_keep_their_order_and_those_left_out_are_gone()
    {
        ConfigBlock root = Campaigns.Root("""
            definitions: { features: { b: { scaling: linear, range: [0, 2] }, a: { scaling: normal }, c: { scaling: categorical } } }
            train: { without: [a] }
            """);

        FeatureSettings features = Read(root);

        features.Features.ShouldBe([new Feature("b", ScalingKind.Linear, (0, 2)), new Feature("c", ScalingKind.Categorical, null)]);
        Campaigns.MistakesOf(root).ShouldBeEmpty();
    }

    [Fact]
    public void A_linear_feature_needs_a_range_and_a_left_out_one_must_exist()
    {
        ConfigBlock root = Campaigns.Root("""
            definitions: { features: { tau_pt: { scaling: linear }, tau_eta: { scaling: normal, range: [5, -5] } } }
            train: { without: [tau_ptt] }
            """);

        Read(root);

        Campaigns.MistakesOf(root).Count(title => title.Contains("two rising numbers", StringComparison.Ordinal)).ShouldBe(2);
        root.Mistakes.Found.ShouldContain(mistake => Campaigns.Facts(mistake).Contains("nearest tau_pt", StringComparison.Ordinal));
    }

    // They were thrown one at a time, without a place.
    [Fact]
    public void Words_that_are_none_are_told_with_their_place_and_all_together()
    {
        ConfigBlock root = Campaigns.Root("""
            definitions:
              features:
                tau_pt: { scaling: linaer, range: [0, 1] }
                tau_eta: { non_finite: drop }
            """);

        Read(root);

        string[] told = Campaigns.MistakesOf(root);
        told.Length.ShouldBe(2);
        told[0].ShouldContain(":3: 'definitions.features.tau_pt.scaling'");
        told[1].ShouldContain(":4: 'definitions.features.tau_eta.non_finite'");
    }

    private static FeatureSettings Read(ConfigBlock root) => FeatureSettings.Read(root.Block("definitions"), root.Block("train"));
}
