using Shouldly;
using TauPipeline.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>Expected numbers: <c>torch.optim</c> of python3-torch 1.13, <c>Data/make_oracle.py</c>, function <c>optimiser</c>.</summary>
[Collection(TensorFixture.Collection)]
public sealed class AdamTests(TensorFixture fixture)
{
    private static readonly AdamSettings s_adam = new(AdamVariant.Adam);

    private delegate IOptimiser Maker(Parameter weight, AdamSettings settings);

    [TensorFact]
    public void Adam_equals_torch_bit_for_bit() => Path(Portable, s_adam).ShouldBe(Expected("Adam"));

    [TensorFact]
    public void Adam_with_weight_decay_equals_torch_bit_for_bit() =>
        Path(Portable, s_adam with { WeightDecay = 0.1 }).ShouldBe(Expected("AdamDecay"));

    [TensorFact]
    public void AdamW_equals_torch_bit_for_bit() =>
        Path(Portable, s_adam with { Variant = AdamVariant.AdamW, WeightDecay = 0.1 }).ShouldBe(Expected("AdamW"));

    [TensorFact]
    public void NAdam_follows_torch_as_corrected_in_torch_2()
    {
        float[] path = Path(Portable, s_adam with { Variant = AdamVariant.NAdam });

        path.ShouldBe(Expected("NAdam"), 1e-6f);
        path.Zip(Expected("Adam"), (here, adam) => Math.Abs(here - adam)).Max().ShouldBeGreaterThan(1e-3f);
    }

    [TensorTheory]
    [InlineData("Adam", AdamVariant.Adam, 0)]
    [InlineData("AdamDecay", AdamVariant.Adam, 0.1)]
    [InlineData("AdamW", AdamVariant.AdamW, 0.1)]
    public void The_library_s_own_go_the_same_way_to_rounding(string name, AdamVariant variant, double decay) =>
        Path(Library, s_adam with { Variant = variant, WeightDecay = decay }).ShouldBe(Expected(name), 1e-5f);

    // Keras' Nadam with schedule_decay psi: training specification, 6.1.
    [TensorTheory]
    [InlineData(1e-4, 0.9989435732, 0.9992733497, 0.9990336653)]
    [InlineData(0, 0.9989435739, 0.9992733521, 0.9990336671)]
    public void NAdam_with_Keras_constants_is_Keras_Nadam(double psi, double first, double second, double third)
    {
        AdamSettings settings = new(AdamVariant.NAdam) { MomentumDecay = psi, Epsilon = 1e-7 };

        Keras(Library, ScalarType.Float64).ShouldBe([first, second, third], 1e-9);
        Keras(Portable, ScalarType.Float32).ShouldBe([first, second, third], 1e-7);

        double[] Keras(Maker make, ScalarType type)
        {
            using DisposeScope scope = NewDisposeScope();
            var weight = new Parameter(ones(1, type));
            using IOptimiser optimiser = make(weight, settings);
            return
            [
                .. new[] { .5, -.2, .1 }.Select(gradient =>
                {
                    weight.grad = full([1], gradient, type);
                    optimiser.Step(0.001);
                    return weight.detach().to(ScalarType.Float64).item<double>();
                }),
            ];
        }
    }

    [TensorTheory]
    [InlineData(AdamVariant.Adam)]
    [InlineData(AdamVariant.AdamW)]
    [InlineData(AdamVariant.NAdam)]
    public void An_optimiser_that_is_taken_up_again_goes_the_same_way(AdamVariant variant)
    {
        AdamSettings settings = s_adam with { Variant = variant, WeightDecay = 0.1 };

        foreach (Maker make in (Maker[])[Portable, Library]) Path(make, settings, breakAfter: 7).ShouldBe(Path(make, settings));
    }

    [TensorFact]
    public void Every_weight_moves_as_one_by_itself_whatever_its_place_in_a_vector()
    {
        float[] many = [.. Enumerable.Range(0, 21).Select(i => 0.1f * i - 1)];
        var pass = new AdamPass
        {
            Shrink = 0.99f,
            Decay = 0.01f,
            Beta1 = 0.9f,
            Beta2 = 0.999f,
            Rest1 = 0.1f,
            Rest2 = 0.001f,
            Root = 0.03f,
            Epsilon = 1e-8f,
            Gradient = -0.01f,
            Mean = -0.1f,
        };
        float[] weights = [.. many], means = [.. many.Select(x => x / 7)], squares = [.. many.Select(x => x * x / 3)];
        (float Weight, float Mean, float Square)[] alone = [.. many.Select(x => Alone(pass, x, x / 7, x * x / 3))];

        pass.Over(weights, many, means, squares);

        weights.ShouldBe(alone.Select(one => one.Weight));
        means.ShouldBe(alone.Select(one => one.Mean));
        squares.ShouldBe(alone.Select(one => one.Square));
    }

    private static (float, float, float) Alone(AdamPass pass, float x, float mean, float square)
    {
        float[] weight = [x], means = [mean], squares = [square];
        pass.Over(weight, [x], means, squares);
        return (weight[0], means[0], squares[0]);
    }

    private static PortableAdam Portable(Parameter weight, AdamSettings settings) => new([("w", weight)], settings);

    private static LibraryOptimiser Library(Parameter weight, AdamSettings settings) => LibraryOptimiser.Of([weight], settings);

    // The gradient is that of the script: scale * (w - t / 10), here from the loss scale * (w - t / 10)^2 / 2.
    private static float[] Path(Maker make, AdamSettings settings, int breakAfter = -1)
    {
        using DisposeScope scope = NewDisposeScope();
        var weight = new Parameter(tensor([1f, -2, 3, 0.25f]));
        Tensor scale = tensor([1f, 10, 0.1f, 0.001f]);
        IOptimiser optimiser = make(weight, settings);
        var path = new List<float>();
        for (int t = 0; t < 20; t++)
        {
            if (t == breakAfter)
            {
                Dictionary<string, StoredTensor> state = optimiser.Taken().ToDictionary(one => one.Name);
                optimiser.Dispose();
                optimiser = make(weight, settings);
                optimiser.Restore(name => state[name]);
            }
            Tensor gradient = scale.mul(weight.detach().add(tensor((float)(-t / 10.0))));
            weight.mul(gradient).sum().backward();
            optimiser.Step(0.01);
            path.AddRange(weight.data<float>());
        }
        optimiser.Dispose();
        return [.. path];
    }

    private float[] Expected(string name) =>
        [
            .. fixture.Oracle.GetProperty("optimisers")
                .GetProperty(name)
                .EnumerateArray()
                .SelectMany(step => step.EnumerateArray())
                .Select(value => value.GetSingle()),
        ];
}
