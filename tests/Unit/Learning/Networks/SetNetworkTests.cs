using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Tensors;
using TauPipeline.Tests.Unit.Tensors;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>Networks on lists of objects, by themselves.</summary>
[Collection(TensorFixture.Collection)]
public sealed class SetNetworkTests
{
    public static TheoryData<string> Kinds => [.. Shapes.Keys];

    internal static IReadOnlyDictionary<string, SetNetworkShape> Shapes { get; } = new Dictionary<string, SetNetworkShape>
    {
        ["deep sets"] = SetSamples.DeepSets(),
        ["deep sets of rectifiers"] = SetSamples.DeepSets(activation: "prelu"),
        ["set transformers"] = SetSamples.Transformers(),
    };

    [TensorTheory]
    [MemberData(nameof(Kinds))]
    public void Every_gradient_of_a_training_is_the_slope_of_its_definition(string kind)
    {
        using DisposeScope scope = NewDisposeScope();
        SetNetworkShape shape = Shapes[kind];
        using var network = new SetNetwork(shape, 5, isPortable: true);
        Stir(network);
        TrainingBatch batch = SetSamples.Rows(shape, 9, 3);
        Dictionary<string, double[]> weights = Weights(network);
        Tensor pull = randn(batch.Rows, shape.Outputs);
        double[] pulls = Doubles(pull);

        network.train();
        Tensor logits = network.call(new NetworkInputs(batch.Inputs, batch.Rows, CPU));
        logits.backward([pull]);

        Doubles(logits).ShouldBe([.. new SetForward(shape, weights, training: true).Logits(batch).SelectMany(row => row)], 2e-5);
        Dictionary<string, double[]> gradients = network.named_parameters()
            .ToDictionary(one => one.name, one => Doubles(one.parameter.grad!));
        double size = gradients.Values.Max(gradient => gradient.Max(Math.Abs));
        foreach ((string name, double[] gradient) in gradients)
            foreach (int i in Some(gradient.Length)) gradient[i].ShouldBe(Slope(weights[name], i), 1e-5 * size, $"{name}[{i}]");

        static IEnumerable<int> Some(int of) => Enumerable.Range(0, Math.Min(of, 5)).Select(one => one * of / Math.Min(of, 5));

        double Slope(double[] values, int i)
        {
            double value = values[i], slope = (At(value + 1e-5) - At(value - 1e-5)) / 2e-5;
            values[i] = value;
            return slope;

            double At(double moved)
            {
                values[i] = moved;
                return new SetForward(shape, weights, training: true).Logits(batch)
                    .SelectMany(row => row).Zip(pulls, (logit, by) => logit * by).Sum();
            }
        }
    }

    [TensorTheory]
    [MemberData(nameof(Kinds))]
    public void Batches_without_an_object_and_of_one_row_are_trained_with(string kind)
    {
        SetNetworkShape shape = Shapes[kind];
        foreach (int[] rows in (int[][])[[6], [6, 13], [0, 6], [0]])
        {
            using DisposeScope scope = NewDisposeScope();
            using var network = new SetNetwork(shape, 5, isPortable: true);
            IReadOnlyList<InputRows> some = GridSamples.Only(SetSamples.Rows(shape, 14, 2), rows);

            Tensor logits = network.call(new NetworkInputs(some, rows.Length, CPU));
            logits.backward([ones_like(logits)]);

            Doubles(logits).ShouldAllBe(logit => double.IsFinite(logit));
            network.named_parameters().ShouldAllBe(one => one.parameter.grad!.isfinite().all().item<bool>());
        }
    }

    [Theory]
    [InlineData(new[] { 0, 2, 2 }, "3 offsets of 'tracks'")]
    [InlineData(new[] { 0, 2, 1, 3 }, "-1 objects of 'tracks' in row 1")]
    [InlineData(new[] { 0, 6, 6, 6 }, "6 objects of 'tracks' in row 0")]
    [InlineData(new[] { 0, 1, 2, 4 }, "12 values of 'tracks'")]
    public void Lists_that_cannot_be_are_a_defect_before_they_reach_native_code(int[] offsets, string told)
    {
        SetNetworkShape shape = SetSamples.DeepSets();
        InputRows[] inputs = [.. SetSamples.Rows(shape, 3, 2).Inputs];
        inputs[1] = new(shape.Sets[0].Input, new float[12]) { Offsets = offsets };

        Should.Throw<Defect>(() => BatchCheck.Check(inputs, 3, shape)).Message.ShouldContain(told);
    }

    // Numbers away from those it begins with.
    internal static void Stir(SetNetwork network)
    {
        random.manual_seed(3);
        using IDisposable none = no_grad();
        foreach ((string name, Tensor value) in TensorState.Of(network))
            if (name.EndsWith("running_var", StringComparison.Ordinal)) value.copy_(rand_like(value).add_(0.5).times_(9));
            else if (name.EndsWith("bias", StringComparison.Ordinal) || name.Contains("norm", StringComparison.Ordinal)
                || name.Contains("activation", StringComparison.Ordinal))
                value.add_(randn_like(value), 0.3);
    }

    internal static Dictionary<string, double[]> Weights(SetNetwork network) =>
        TensorState.Of(network).ToDictionary(one => one.Name, one => Doubles(one.Value));

    private static double[] Doubles(Tensor tensor) => [.. StoredTensor.From("", tensor).ToFloats().Select(value => (double)value)];
}
