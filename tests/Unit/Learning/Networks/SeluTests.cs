using Shouldly;
using TauPipeline.Learning;
using TauPipeline.Tensors;
using TauPipeline.Tests.Unit.Tensors;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>Blocks after <c>selu</c>: LeCun's weights, no batch normalisation, alpha dropout (specification 4.1).</summary>
[Collection(TensorFixture.Collection)]
public sealed class SeluTests
{
    // By hand: 1.0507 x above nought, 1.75810 (exp(x) - 1) below.
    [TensorFact]
    public void Selu_is_that_of_its_paper()
    {
        using DisposeScope scope = NewDisposeScope();

        Tensor values = new SafeElu(SafeElu.SeluAlpha, SafeElu.SeluScale).call(tensor(new[] { -100f, -1f, 0f, 2f }));

        values.data<float>().ToArray().ShouldBe([-1.7580993f, -1.1113307f, 0, 2.1014020f], 1e-6f);
    }

    [TensorFact]
    public void Alpha_dropout_leaves_mean_0_and_variance_1_and_of_cells_the_last_as_it_is()
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(5);
        Tensor values = randn(400, 100);

        float[] dropped = AlphaDropout.Call(values, 0.3, keepsLast: true).data<float>().ToArray(), before = values.data<float>().ToArray();

        double mean = dropped.Average(), variance = dropped.Average(value => (value - mean) * (value - mean));
        mean.ShouldBe(0, 0.03); // five standard errors of 40,000
        variance.ShouldBe(1, 0.05);
        dropped[^100..].ShouldBe(before[^100..]);
        (float least, int count) = dropped[..^100].CountBy(value => value).Select(same => (same.Key, same.Value)).MaxBy(same => same.Value);
        count.ShouldBeInRange((int)(0.28 * 39_900), (int)(0.32 * 39_900));
        // By hand: a (least - 0.3 least), with a = (0.7 (1 + 0.3 least^2))^(-1/2) and the least of selu.
        least.ShouldBe((float)(0.7 * -1.7580993 / Math.Sqrt(0.7 * (1 + 0.3 * 1.7580993 * 1.7580993))), 1e-6f);
        AlphaDropout.Call(values, 0).ShouldBeSameAs(values);
    }

    [TensorFact]
    public void First_weights_are_LeCun_s_cut_at_two_widths()
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(7);
        Tensor weight = zeros(300, 200);

        FirstWeights.Before(LayerStack.Selu, weight);

        float[] values = weight.data<float>().ToArray();
        values.Average().ShouldBe(0, 5 * 0.0707 / Math.Sqrt(60_000));
        Math.Sqrt(values.Average(value => (double)value * value)).ShouldBe(Math.Sqrt(1 / 200.0), 0.02 * Math.Sqrt(1 / 200.0));
        values.Max(Math.Abs).ShouldBeInRange(0.155f, 0.16078f); // 2 sqrt(1/200) / 0.8796
    }

    [TensorFact]
    public void A_network_of_it_has_no_normalisation_and_its_scores_need_no_torch()
    {
        using DisposeScope scope = NewDisposeScope();
        GridNetworkShape tiny = GridSamples.Tiny(dropout: 0.2, activation: LayerStack.Selu);
        GridNetworkShape shape = tiny with
        {
            Grids = [.. tiny.Grids.Select(grid => grid with { Reduction = grid.Reduction with { Activation = LayerStack.Selu } })],
        };
        using var network = new GridNetwork(shape, 5, isPortable: true);
        string[] names = [.. TensorState.Of(network).Select(one => one.Name)];
        TrainingBatch rows = GridSamples.Rows(shape, 20, 3);
        var inputs = new NetworkInputs(rows.Inputs, rows.Rows, CPU);
        network.train();
        float[] training = network.call(inputs).detach().data<float>().ToArray();
        network.eval();

        float[] scores = network.call(inputs).softmax(1).detach().data<float>().ToArray();

        names.ShouldNotContain(name => name.Contains("tau_norm") || name.Contains("3x3_norm") || name.Contains("final_norm"));
        training.ShouldAllBe(value => float.IsFinite(value));
        new TrainedModel(shape, TensorState.Taken(TensorState.Of(network)), new Dictionary<string, string>())
            .Predict(rows.Inputs, rows.Rows).ShouldBe(scores, 1e-5f);
    }
}
