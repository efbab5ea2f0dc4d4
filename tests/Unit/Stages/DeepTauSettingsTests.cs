using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Stages;
using TauPipeline.Tests.Unit.Tensors;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Widths and numbers of parameters are those of the specification, sections 4.2 and 4.3.</summary>
[Collection(TensorFixture.Collection)]
public sealed class DeepTauSettingsTests
{
    private const string Phase2 =
        "merge_net: { first: 0.6 * n, last: 32, reduction_rate: 1.65 }, convolution: { pooling: 3 }, dense_net: { first: 135, last: 135 }";

    [TensorFact]
    public void Without_a_word_it_is_DeepTau_v2p5_to_the_last_parameter()
    {
        GridNetworkShape shape = Shape("", Inputs((11, 21), (86, 64, 38)));

        shape.Tau.Widths.ShouldBe([104, 74, 52]);
        foreach (GridPart grid in shape.Grids)
        {
            grid.Components.Select(stack => string.Join(' ', stack.Widths)).ShouldBe(["207 129 104", "154 96 77", "92 57 46"]);
            grid.Merge.Widths.ShouldBe([227, 141, 88, 64]);
        }
        shape.Grids.Select(grid => grid.Reduction.Steps.Count).ShouldBe([5, 10]);
        shape.Grids.SelectMany(grid => grid.Reduction.Steps).ShouldAllBe(step => step == new GridStep(3, 64));
        shape.Dense.Widths.ShouldBe([200, 200, 200, 200]);
        Counted(shape).ShouldBe((1_151_378, 9_908));
    }

    [TensorFact]
    public void The_variant_of_phase_2_has_its_parameters_and_a_pooling()
    {
        GridNetworkShape shape = Shape(Phase2, Inputs((11, 25), (93, 70, 44)));

        shape.Grids[1].Components.Select(stack => string.Join(' ', stack.Widths)).ShouldBe(["224 140 112", "168 105 84", "106 66 53"]);
        shape.Grids[1].Merge.Widths.ShouldBe([150, 90, 54, 32]);
        shape.Grids[0].Reduction.Steps.ShouldAllBe(step => step == new GridStep(3, 32));
        shape.Grids[1].Reduction.Steps.Select(step => step.IsPooling).ShouldBe([false, false, true, false, false, false]);
        shape.Dense.Widths.ShouldBe([135, 135, 135, 135]);
        Counted(shape).ShouldBe((551_959, 7_780));
    }

    [TensorFact]
    public void Layers_have_DeepTau_s_names()
    {
        using var network = new GridNetwork(Shape(Phase2, Inputs((11, 25), (93, 70, 44))), 1, true);

        string[] names = [.. network.named_children().Select(one => one.name)];

        foreach (
            string name in (string[])
            [
                "tau_dense_1", "tau_norm_3", "tau_activation_2", "inner_egamma_conv_1", "outer_hadrons_norm_3", "inner_all_conv_4",
                "inner_all_3x3_conv_5", "outer_all_3x3_norm_3", "outer_all_3x3_conv_4", "final_dense_4", "final_dense_last",
            ])
            names.ShouldContain(name);
        names.ShouldNotContain("outer_all_3x3_conv_3");
        names.Length.ShouldBe(names.Distinct().Count());
    }

    [Fact]
    public void A_width_is_a_number_or_a_formula_rounded_up()
    {
        TauNet("first: 1.1 * n", "last: 1", 50).Widths[0].ShouldBe(56); // 55.00000000000001, as in double arithmetic
        TauNet("first: 7", "last: 7", 10).Widths.ShouldBe([7]);
        TauNet("first: (n + 2) / 4 - drop", "last: 1", 10).Widths[0].ShouldBe(3);
    }

    [Theory]
    [InlineData("tau_net: { first: 2 * width }", "'width' in '2 * width'")]
    [InlineData("tau_net: { last: 2 * (n }", "2 * (n")]
    [InlineData("dense_net: { activation: gelu }", "gelu")]
    [InlineData("convolution: { window: 1 }", "window")]
    [InlineData("empty_cells: none", "none")]
    public void What_is_no_network_is_told_with_its_line(string deeptau, string told) =>
        Read(deeptau).Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain(told);

    [Fact]
    public void A_rate_at_which_widths_never_end_is_refused() =>
        Should.Throw<Misuse>(() => Shape("component_nets: { reduction_rate: 1 }", Inputs((11, 21), (86, 64, 38))))
            .Message.ShouldContain("above 1");

    [Theory]
    [InlineData("tau_net: { dropout: 0.3 }")]
    [InlineData("component_nets: { first: 9 }")]
    [InlineData("merge_net: { min_layers: 9 }")]
    [InlineData("dense_net: { max_layers: 9 }")]
    [InlineData("convolution: { reduction_rate: 1.5 }")]
    [InlineData("empty_cells: constant")]
    public void Every_key_of_the_network_counts_in_the_fingerprint(string deeptau) =>
        Read(deeptau).Settings.Used.Hash().ShouldNotBe(Read("").Settings.Used.Hash());

    [Fact]
    public void A_campaign_without_grids_has_no_such_network() =>
        Should.Throw<Misuse>(() => Shape("", [new(InputShape.Tau, 43)])).Message.ShouldContain("definitions: grids:");

    private static LayerStack TauNet(string first, string last, int inputs) =>
        Shape($"tau_net: {{ {first}, {last}, reduction_rate: 100 }}", [new(InputShape.Tau, inputs), new("a_b", 1, 3, 3)]).Tau;

    private static GridNetworkShape Shape(string deeptau, IReadOnlyList<InputShape> inputs)
    {
        (TrainSettings settings, Mistakes mistakes) = Read(deeptau);
        mistakes.Found.ShouldBeEmpty();
        var shape = (GridNetworkShape)settings.ShapeFor(inputs);
        shape.Check();
        return shape;
    }

    private static (TrainSettings Settings, Mistakes Mistakes) Read(string deeptau)
    {
        ConfigBlock root = Campaigns.Root($"train: {{ network: deeptau, deeptau: {{ {deeptau} }} }}");
        return (TrainSettings.Read(root.Block("train"), ClassSettings.Standard), root.Mistakes);
    }

    private static InputShape[] Inputs((int Inner, int Outer) cells, (int Egamma, int Muon, int Hadrons) features) =>
    [
        new(InputShape.Tau, 43),
        .. new[] { ("inner", cells.Inner), ("outer", cells.Outer) }.SelectMany(grid => new[]
        {
            new InputShape($"{grid.Item1}_egamma", features.Egamma, grid.Item2, grid.Item2),
            new InputShape($"{grid.Item1}_muon", features.Muon, grid.Item2, grid.Item2),
            new InputShape($"{grid.Item1}_hadrons", features.Hadrons, grid.Item2, grid.Item2),
        }),
    ];

    private static (long Trainable, long Statistics) Counted(NetworkShape shape)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<NetworkInputs, Tensor> network = shape.Network(1, isPortable: true);
        return (
            network.parameters().Sum(one => one.numel()),
            TensorState.Of(network).Where(one => one.Name.Contains("running", StringComparison.Ordinal)).Sum(one => one.Value.numel()));
    }
}
