using System.Text.Json;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>Expected numbers: python3-torch 1.13, <c>Data/make_oracle.py</c>, function <c>network</c>.</summary>
[Collection(TensorFixture.Collection)]
public sealed class LayerTests(TensorFixture fixture)
{
    private const float Close = 2e-6f;

    [TensorFact]
    public void A_forward_and_a_backward_pass_give_the_numbers_of_torch()
    {
        using var scope = new TensorScope();
        JsonElement expected = fixture.Oracle.GetProperty("network");
        (ILayer[] layers, Dictionary<string, Tensor> state) = Network(expected.GetProperty("state"));
        Tensor x = TensorFixture.ToTensor(expected.GetProperty("x")), weight = TensorFixture.ToTensor(expected.GetProperty("weight"));
        Tensor target = Tensor.From([.. expected.GetProperty("target").EnumerateArray().Select(value => value.GetInt64())], 6);

        Tensor logits = layers.Aggregate(x, (input, layer) => layer.Forward(input, new Pass(true, 0)));
        Tensor losses = logits.cross_entropy(target), loss = losses.mul(weight).sum().mul(1.0 / 6);
        loss.backward();

        logits.ToFloats().ShouldBe(TensorFixture.Floats(expected.GetProperty("logits")), Close);
        losses.ToFloats().ShouldBe(TensorFixture.Floats(expected.GetProperty("losses")), Close);
        loss.item().ShouldBe(expected.GetProperty("loss").GetSingle(), Close);
        foreach (JsonProperty gradient in expected.GetProperty("gradients").EnumerateObject())
            state[gradient.Name].grad()!.ToFloats().ShouldBe(TensorFixture.Floats(gradient.Value), Close, gradient.Name);
        state["1.running_mean"].ToFloats().ShouldBe(TensorFixture.Floats(expected.GetProperty("running_mean")), Close);
        state["1.running_var"].ToFloats().ShouldBe(TensorFixture.Floats(expected.GetProperty("running_var")), Close);
        layers.Aggregate(x, (input, layer) => layer.Forward(input, Pass.Inference)).softmax(1).ToFloats()
            .ShouldBe(TensorFixture.Floats(expected.GetProperty("probabilities")), Close);
    }

    [TensorFact]
    public void Gradients_agree_with_finite_differences()
    {
        using var scope = new TensorScope();
        ILayer[] layers = [new Linear(3, 4, 0.8, new CounterRandom(1, 0)), new BatchNorm1d(4), new PReLU(4), new Dropout(0.4, 1), new Linear(4, 2, 0.8, new CounterRandom(1, 1))];
        Tensor x = Tensor.From([0.3f, -1, 2, 0.7f, 0.1f, -0.4f, -1.3f, 0.9f, 0.2f, 1.1f, 0.6f, -2], 4, 3), target = Tensor.From([0L, 1, 1, 0], 4);
        Tensor Loss() => layers.Aggregate(x, (input, layer) => layer.Forward(input, new Pass(true, 5))).cross_entropy(target).mean();
        Loss().backward();

        // A bias before batch normalisation has no effect, so its gradient is zero: it is compared like every other.
        foreach (NamedTensor named in layers.SelectMany(layer => layer.State).Where(named => named.Trained))
        {
            float[] values = named.Value.ToFloats(), gradient = named.Value.grad()!.ToFloats();
            for (int i = 0; i < values.Length; i++)
            {
                const float step = 1e-2f;
                float slope = (At(i, step) - At(i, -step)) / (2 * step);
                gradient[i].ShouldBe(slope, 2e-3f, $"{named.Name} {i}");
            }

            float At(int i, float step)
            {
                float[] moved = [.. values];
                moved[i] += step;
                using NoGrad none = NoGrad.Begin();
                named.Value.copy_(Tensor.From(moved, [.. named.Value.Shape]));
                float loss = Loss().item();
                named.Value.copy_(Tensor.From(values, [.. named.Value.Shape]));
                return loss;
            }
        }
    }

    [TensorFact]
    public void Dropout_keeps_its_share_scales_it_and_repeats_with_its_key()
    {
        using var scope = new TensorScope();
        using var dropout = new Dropout(0.25, 3);
        Tensor ones = Tensor.From(Enumerable.Repeat(1f, 40_000).ToArray(), 400, 100);

        float[] first = dropout.Forward(ones, new Pass(true, 7)).ToFloats(), again = dropout.Forward(ones, new Pass(true, 7)).ToFloats(), other = dropout.Forward(ones, new Pass(true, 8)).ToFloats();

        first.Distinct().Order().ShouldBe([0f, 1 / 0.75f]);
        first.Count(value => value == 0).ShouldBeInRange(9_600, 10_400);    // 4.6 standard deviations
        again.ShouldBe(first);
        other.ShouldNotBe(first);
        dropout.Forward(ones, Pass.Inference).ShouldBeSameAs(ones);
    }

    [TensorFact]
    public void A_batch_of_one_row_is_normalised_with_the_running_moments()
    {
        using var scope = new TensorScope();
        var norm = new BatchNorm1d(2);

        float[] normalised = norm.Forward(Tensor.From([3f, -2], 1, 2), new Pass(true, 0)).ToFloats();

        normalised.ShouldBe([3f, -2], 1e-4f);
    }

    private static (ILayer[] Layers, Dictionary<string, Tensor> State) Network(JsonElement values)
    {
        ILayer[] layers = [new Linear(3, 4, 1, new CounterRandom(1, 0)), new BatchNorm1d(4), new PReLU(4), new Linear(4, 3, 1, new CounterRandom(1, 1))];
        var state = new Dictionary<string, Tensor>();
        for (int i = 0; i < layers.Length; i++)
            foreach (NamedTensor named in layers[i].State)
            {
                state[$"{i}.{named.Name}"] = named.Value;
                using NoGrad none = NoGrad.Begin();
                named.Value.copy_(TensorFixture.ToTensor(values.GetProperty($"{i}.{named.Name}")));
            }
        return (layers, state);
    }
}
