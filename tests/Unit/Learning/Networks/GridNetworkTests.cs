using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Tensors;
using TauPipeline.Tests.Unit.Tensors;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Learning;

[Collection(TensorFixture.Collection)]
public sealed class GridNetworkTests
{
    [TensorTheory]
    [InlineData(EmptyGridCells.Skip, true)]
    [InlineData(EmptyGridCells.Skip, false)]
    [InlineData(EmptyGridCells.Constant, true)]
    public void In_evaluation_it_is_the_dense_network_whatever_empty_cells_counted_for(EmptyGridCells empty, bool isPortable)
    {
        using DisposeScope scope = NewDisposeScope();
        GridNetworkShape shape = GridSamples.Tiny(empty);
        using var network = new GridNetwork(shape, 5, isPortable);
        Stir(network);
        TrainingBatch batch = GridSamples.Rows(shape, 23, 2);
        double[] expected = [.. new DenseForward(shape, Weights(network), training: false).Logits(batch).SelectMany(row => row)];

        network.eval();

        Doubles(network.call(Inputs(batch))).ShouldBe(expected, 1e-5);
    }

    [TensorTheory]
    [InlineData(EmptyGridCells.Skip, 8, true)]
    [InlineData(EmptyGridCells.Skip, 8, false)]
    [InlineData(EmptyGridCells.Constant, 8, true)]
    [InlineData(EmptyGridCells.Constant, 1, true)]
    public void Every_gradient_of_a_training_is_the_slope_of_the_dense_network(EmptyGridCells empty, int rows, bool isPortable)
    {
        using DisposeScope scope = NewDisposeScope();
        GridNetworkShape shape = GridSamples.Tiny(empty);
        using var network = new GridNetwork(shape, 5, isPortable);
        Stir(network);
        TrainingBatch batch = GridSamples.Rows(shape, rows, 3);
        Dictionary<string, double[]> weights = Weights(network);
        Tensor pull = randn(rows, shape.Classes);
        double[] pulls = Doubles(pull);

        network.train();
        Tensor logits = network.call(Inputs(batch));
        logits.backward([pull]);

        Doubles(logits).ShouldBe([.. new DenseForward(shape, weights, training: true).Logits(batch).SelectMany(row => row)], 2e-5);
        Dictionary<string, double[]> gradients = network.named_parameters()
            .ToDictionary(one => one.name, one => Doubles(one.parameter.grad!));
        double size = gradients.Values.Max(gradient => gradient.Max(Math.Abs));
        foreach ((string name, double[] gradient) in gradients)
            foreach (int i in Some(gradient.Length)) gradient[i].ShouldBe(Slope(weights[name], i), 1e-5 * size, $"{name}[{i}]");

        // Of each weight a few entries: enough to tell a layer that is wrong.
        static IEnumerable<int> Some(int of) => Enumerable.Range(0, Math.Min(of, 3)).Select(one => one * of / Math.Min(of, 3));

        double Slope(double[] values, int i)
        {
            double value = values[i], slope = (At(value + 1e-5) - At(value - 1e-5)) / 2e-5;
            values[i] = value;
            return slope;

            double At(double moved)
            {
                values[i] = moved;
                return new DenseForward(shape, weights, training: true).Logits(batch)
                    .SelectMany(row => row).Zip(pulls, (logit, by) => logit * by).Sum();
            }
        }
    }

    [TensorFact]
    public void Keras_constants_move_the_moments_and_the_empty_cell_counts_as_often_as_it_is_there()
    {
        using DisposeScope scope = NewDisposeScope();
        var shape = new GridNetworkShape(
            1, new([], "relu", 0), [new("g", [new("g_a", 1, 3, 3)], [new([1], "relu", 0)], new([], "relu", 0), new([new(3, 1)], "relu", 0))],
            new([], "relu", 0), 2, EmptyGridCells.Constant);
        using var network = new GridNetwork(shape, 5, true);
        Set(network, "g_a_conv_1.weight", 2);
        Set(network, "g_a_conv_1.bias", 1);
        var batch = new NetworkInputs(
            [new(shape.Inputs[0], [0, 0]), new(shape.Inputs[1], [3, 6]) { Offsets = [0, 1, 2], Cells = [4, 4] }],
            2,
            CPU);

        network.train();
        network.call(batch);

        // 7 and 13, and sixteen times 1: mean 2, variance (25 + 121 + 16) / 18 = 9, unbiased 162 / 17.
        Value(network, "g_a_norm_1.running_mean").ShouldBe(0.01 * 2, 1e-6);
        Value(network, "g_a_norm_1.running_var").ShouldBe(0.99 + 0.01 * 162 / 17, 1e-6);
    }

    [TensorFact]
    public void A_block_is_the_worked_example_of_the_specification()
    {
        using DisposeScope scope = NewDisposeScope();
        var shape = new GridNetworkShape(2, new([2], "prelu", 0.2), [], new([], "prelu", 0.2), 2, EmptyGridCells.Skip);
        using var network = new GridNetwork(shape, 5, true);
        Set(network, "tau_dense_1.weight", .5f, .25f, -1, .5f);
        Set(network, "tau_dense_1.bias", .1f, 0);
        Set(network, "tau_norm_1.running_mean", 0, -1);
        Set(network, "tau_norm_1.running_var", .99f, 3.999f);
        Set(network, "tau_norm_1.weight", 1, 2);
        Set(network, "tau_norm_1.bias", 0, .5f);
        Set(network, "tau_activation_1.weight", .25f, .1f);
        Set(network, "final_dense_last.weight", 1, 0, 0, 1);
        network.eval();

        double[] block = Doubles(network.call(new NetworkInputs([new(shape.Inputs[0], [1, -2])], 1, CPU)));

        block.ShouldBe([0.100453, -0.05], 1e-6);
    }

    [TensorFact]
    public void Dropout_takes_its_share_of_filled_cells_and_leaves_the_empty_one_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        var blocks = new CellBlocks(new NetworkParts(isPortable: true), "a", 2, new LayerStack([500], "tanh", 0.2));
        Tensor cells = randn(41, 2);

        Tensor kept = blocks.Call(cells, empty: 0, training: true), again = blocks.Call(cells, empty: 0, training: true);

        Doubles(kept[^1]).ShouldBe(Doubles(again[^1]));
        Doubles(kept[^1]).ShouldNotContain(0);
        Doubles(kept.narrow(0, 0, 40)).Count(value => value == 0).ShouldBeInRange(3800, 4200);
        Doubles(kept.narrow(0, 0, 40)).ShouldNotBe(Doubles(again.narrow(0, 0, 40)));
        Doubles(kept.narrow(0, 0, 40)).Max(Math.Abs).ShouldBeInRange(1.2, 1.25);
    }

    [TensorFact]
    public void It_begins_with_Keras_weights()
    {
        using var network = new GridNetwork(GridSamples.Tiny(), 5, true);
        Dictionary<string, double[]> weights = Weights(network);

        weights["tau_activation_1.weight"].ShouldAllBe(slope => slope == 0);
        weights["tau_dense_1.bias"].ShouldAllBe(bias => bias == 0);
        weights["inner_all_3x3_norm_1.running_var"].ShouldAllBe(variance => variance == 1);
        Largest("tau_dense_1", Math.Sqrt(6.0 / 3));
        Largest("inner_all_3x3_conv_1", Math.Sqrt(6.0 / (4 * 9)));
        Largest("final_dense_last", Math.Sqrt(6.0 / (8 + 4)));

        void Largest(string name, double limit) =>
            weights[name + ".weight"].Max(Math.Abs).ShouldBeInRange(0.8 * limit, limit);
    }

    [TensorFact]
    public void A_batch_without_any_filled_cell_and_one_with_a_single_one_are_trained_with()
    {
        GridNetworkShape shape = GridSamples.Tiny(dropout: 0.2);
        foreach (int[] rows in (int[][])[[6], [6, 13], [0, 6], [0]])
        {
            using DisposeScope scope = NewDisposeScope();
            using var network = new GridNetwork(shape, 5, true);
            IReadOnlyList<InputRows> some = GridSamples.Only(GridSamples.Rows(shape, 14, 2, most: 1), rows);

            Tensor logits = network.call(new NetworkInputs(some, rows.Length, CPU));
            logits.backward([ones_like(logits)]);

            Doubles(logits).ShouldAllBe(logit => double.IsFinite(logit));
            network.named_parameters().ShouldAllBe(one => one.parameter.grad!.isfinite().all().item<bool>());
        }
    }

    [Fact]
    public void Inputs_of_a_grid_that_fill_other_cells_are_a_defect()
    {
        GridNetworkShape shape = GridSamples.Tiny();
        TrainingBatch batch = GridSamples.Rows(shape, 3, 2);
        InputRows[] inputs = [.. batch.Inputs];
        inputs[2] = inputs[2] with { Cells = [.. inputs[2].Cells[..^1], 24] };
        inputs[1].Cells[^1].ShouldNotBe(24);

        Should.Throw<Defect>(() => BatchCheck.Check(inputs, 3, shape)).Message.ShouldContain("'inner_hadrons'");
    }

    // Numbers away from those it begins with: slopes that are not 0, moments that are not 0 and 1.
    internal static void Stir(GridNetwork network)
    {
        random.manual_seed(3);
        using IDisposable none = no_grad();
        foreach ((string name, Tensor value) in TensorState.Of(network))
            if (name.EndsWith("running_var", StringComparison.Ordinal)) value.copy_(rand_like(value).add_(0.5));
            else if (!name.Contains("conv", StringComparison.Ordinal) && !name.Contains("dense", StringComparison.Ordinal))
                value.add_(randn_like(value), 0.3);
    }

    private static Dictionary<string, double[]> Weights(GridNetwork network) =>
        TensorState.Of(network).ToDictionary(one => one.Name, one => Doubles(one.Value));

    private static NetworkInputs Inputs(TrainingBatch batch) => new(batch.Inputs, batch.Rows, CPU);

    private static double[] Doubles(Tensor tensor) => [.. StoredTensor.From("", tensor).ToFloats().Select(value => (double)value)];

    private static double Value(GridNetwork network, string name) => Weights(network)[name].Single();

    private static void Set(GridNetwork network, string name, params float[] values)
    {
        using IDisposable none = no_grad();
        Tensor value = TensorState.Of(network).Single(one => one.Name == name).Value;
        value.copy_(tensor(values).view(value.shape));
    }
}
