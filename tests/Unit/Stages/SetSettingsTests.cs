using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Stages;
using TauPipeline.Tests.Unit.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Networks on lists, their lists and their heads, as campaigns state them.</summary>
[Collection(TensorFixture.Collection)]
public sealed class SetSettingsTests
{
    private const string Definitions = """
        definitions:
          features:
            tau_pt: { scaling: linear, range: [0, 1000] }
            track_pt: { group: tracks, value: tr_pt }
            track_charge: { group: tracks, value: tr_charge }
            shot_pt: { group: shots, value: shot_pt }
          groups:
            tracks: { constituents: tr, when: tr_charge != 0 }
            shots: { constituents: shot }
        """;

    // ATLAS' unified classifier on the widths of specification 10.1: dense layers n -> m have (n + 1) m parameters, of which
    // tracks (14; 30, 30, 20; 20, 20, 20) 450 + 930 + 620 + 3 * 420 = 3260, neutral (22; 80, 80, 60, 60; 60, 40, 40) 1840 + 6480 + 4860
    // + 3660 + 3660 + 2440 + 1640 = 24580, shots (6; 20, 20, 20; 20, 20, 20) 140 + 5 * 420 = 2240, conversions (10; as tracks)
    // 330 + 930 + 620 + 1260 = 3140, jets (6; 20, 20, 20) 140 + 840 = 980; normalisation of 120 numbers 240; dense 120 -> 100 -> 50 -> 6
    // 12100 + 5050 + 306 = 17456.
    [TensorFact]
    public void Without_a_word_it_is_the_unified_classifier_to_the_last_parameter()
    {
        (SetSettings settings, _) = SetSettings.DeepSets(Campaigns.Root("""
            lists: { NeutralPFO: { each: [80, 80, 60, 60], together: [60, 40, 40] }, ShotPFO: { each: [20, 20, 20] } }
            """));
        InputShape[] inputs =
        [
            new(InputShape.Tau, 6), new("TauTracks", 14) { Most = 3 }, new("NeutralPFO", 22) { Most = 6 }, new("ShotPFO", 6) { Most = 3 },
            new("ConvTrack", 10) { Most = 4 },
        ];

        using var network = new SetNetwork((SetNetworkShape)settings.ShapeFor(inputs, 6), 1, true);

        network.parameters().Sum(one => one.numel()).ShouldBe(3260 + 24580 + 2240 + 3140 + 980 + 240 + 17456);
    }

    // By hand, of one list of 5 numbers at width 8: embedding 48; a block 2 points of 8 and two times four layers of 72, twice: 1184; one
    // seed of 8 and two times four layers: 584; the candidate 4 -> 3: 15; normalisation of 8 + 3: 22; 11 -> 2: 24.
    [TensorFact]
    public void A_set_transformer_has_the_parameters_of_its_layers()
    {
        (SetSettings settings, _) = SetSettings.SetTransformer(
            Campaigns.Root("{ width: 8, heads: 2, points: 2, blocks: 2, seeds: 1, tau: [3], dense: [] }"));

        using var network = new SetNetwork(
            (SetNetworkShape)settings.ShapeFor([new(InputShape.Tau, 4), new("tracks", 5) { Most = 3 }], 2), 1, true);

        network.parameters().Sum(one => one.numel()).ShouldBe(48 + 1184 + 584 + 15 + 22 + 24);
    }

    [Theory]
    [InlineData("activation: prelu")]
    [InlineData("dropout: 0.1")]
    [InlineData("width: 16")]
    [InlineData("heads: 2")]
    [InlineData("points: 3")]
    [InlineData("blocks: 1")]
    [InlineData("seeds: 3")]
    [InlineData("tau: [3]")]
    [InlineData("dense: [3]")]
    public void Every_key_of_a_set_transformer_is_another_fingerprint(string key) => SetSettings
        .SetTransformer(Campaigns.Root($"{{ {key} }}")).Used.Hash().ShouldNotBe(SetSettings.SetTransformer(Campaigns.Root("{}")).Used.Hash());

    [Theory]
    [InlineData("set_transformer: { width: 30 }", "a multiple of the 4 heads")]
    [InlineData("numeric: fastest, device: cuda", "its attention is our own")]
    public void What_a_set_transformer_cannot_be_is_told(string train, string told)
    {
        ConfigBlock root = Campaigns.Root($"train: {{ network: set_transformer, {train} }}");

        TrainSettings.Read(root.Block("train"), ClassSettings.Standard);

        root.Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain(told);
    }

    [Fact]
    public void Lists_are_inputs_by_their_group_and_their_columns_are_read()
    {
        FeatureSettings features = Features("lists: { shots: { most: 3, by: shot_e }, tracks: { most: 2 } }", out ConfigBlock root);

        Campaigns.MistakesOf(root).ShouldBeEmpty();
        CandidateInputs.ShapesOf(features).ShouldBe(
            [new(InputShape.Tau, 1), new("shots", 1) { Most = 3 }, new("tracks", 2) { Most = 2 }]);
        features.ColumnsFor(ConstituentForm.Lists).ShouldBe(["tau_pt", "shot_pt", "shot_e", "tr_pt", "tr_charge"], ignoreOrder: true);
        features.ColumnsFor(ConstituentForm.None).ShouldBe(["tau_pt"]);
        features.UsedFor(ConstituentForm.Lists).Hash()
            .ShouldNotBe(Features("lists: { shots: { most: 4, by: shot_e }, tracks: { most: 2 } }", out _).UsedFor(ConstituentForm.Lists).Hash());
    }

    [Theory]
    [InlineData("lists: { track: { most: 2 } }", "'track', nearest tracks")]
    [InlineData("lists: { tracks: { most: 0 } }", "definitions.lists.tracks.most")]
    [InlineData("lists: { shots: { most: 2 } }", "objects with features")]
    public void What_is_no_list_is_told(string lists, string told)
    {
        ConfigBlock root = Campaigns.Root($$"""
            definitions:
              features: { tau_pt: {}, track_pt: { group: tracks, value: tr_pt } }
              groups: { tracks: { constituents: tr }, shots: { constituents: shot } }
              {{lists}}
            """);

        FeatureSettings.Read(root.Block("definitions"), root.Block("train"));

        root.Mistakes.Found.ShouldContain(mistake => $"{mistake}".Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public void Features_that_cones_scale_apart_are_in_no_list()
    {
        ConfigBlock root = Campaigns.Root(
            Definitions.Replace("value: tr_charge }", "value: tr_charge, by_cone: yes }", StringComparison.Ordinal) + "\n  lists: { tracks: { most: 2 } }");

        FeatureSettings.Read(root.Block("definitions"), root.Block("train"));

        Campaigns.Facts(root.Mistakes.Found.ShouldHaveSingleItem()).ShouldContain("track_charge: { by_cone: no }");
    }

    // A key that were read and not counted would leave another network under the same fingerprint.
    [Theory]
    [InlineData("activation: prelu")]
    [InlineData("dropout: 0.1")]
    [InlineData("pooling: mean")]
    [InlineData("each: [3]")]
    [InlineData("together: [3]")]
    [InlineData("tau: [3]")]
    [InlineData("dense: [3]")]
    [InlineData("lists: { tracks: { each: [3] } }")]
    public void Every_key_is_another_fingerprint(string key) =>
        SetSettings.DeepSets(Campaigns.Root($"{{ {key} }}")).Used.Hash().ShouldNotBe(SetSettings.DeepSets(Campaigns.Root("{}")).Used.Hash());

    [Fact]
    public void A_network_on_lists_without_any_is_told()
    {
        (SetSettings settings, _) = SetSettings.DeepSets(Campaigns.Root("{}"));

        Should.Throw<Misuse>(() => settings.ShapeFor([new(InputShape.Tau, 3)], 2)).Message.ShouldContain("lists of objects");
    }

    [Fact]
    public void A_head_s_targets_are_the_places_of_values_and_none_is_minus_one()
    {
        HeadSettings head = HeadSettings.ReadAll(Campaigns.Root("""
            heads: { mode: { truth: dm, reconstructed: hps, values: { h: 0, h_pi0: 1, 3h: 10 }, factors: { 3h: 2 }, factor: 0.5 } }
            """)).Single();
        var rows = new Batch(
            [new Column<float>("dm", (float[])[10, 0, -1, 5, float.NaN, 1]), new Column<float>("hps", (float[])[0, 0, 0, 10, 11, 1])]);

        head.TargetsOf(rows).ShouldBe([2, 0, -1, -1, -1, 1]);
        head.PlacesOf(head.Reconstructed!, rows).ShouldBe([0, 0, 0, 2, -1, 1]);
        head.ScoreColumns.ShouldBe(["score_mode_h", "score_mode_h_pi0", "score_mode_3h"]);
        head.Loss.Factor.ShouldBe(0.5);
        head.Loss.Factors.ShouldBe([1, 1, 2]);
    }

    [Theory]
    [InlineData("heads: { mode: { truth: dm, values: { h: 0 } } }", "at least two values by name")]
    [InlineData("heads: { mode: { truth: dm, values: { h: 0, pi: 0 } } }", "different values")]
    [InlineData("heads: { mode: { truth: dm, values: { h: 0, pi: 1 }, factors: { hh: 2 } } }", "'hh', nearest h")]
    [InlineData("heads: { mode: { truth: dm, values: { h: 0, pi: 1 } } }, labels: shuffled", "with heads")]
    public void What_is_no_head_is_told(string train, string told)
    {
        ConfigBlock root = Campaigns.Root($"train: {{ {train} }}");

        TrainSettings.Read(root.Block("train"), ClassSettings.Standard);

        root.Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain(told);
    }

    private static FeatureSettings Features(string lists, out ConfigBlock root) =>
        FeatureSettings.Read(Block($"{Definitions}\n  {lists}", out root), root.Block("train"));

    private static ConfigBlock Block(string text, out ConfigBlock root) => (root = Campaigns.Root(text)).Block("definitions");
}
