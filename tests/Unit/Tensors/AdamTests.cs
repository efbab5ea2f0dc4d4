using Shouldly;
using TauPipeline.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>Expected numbers: <c>torch.optim</c> of python3-torch 1.13, <c>Data/make_oracle.py</c>, function <c>optimiser</c>.</summary>
[Collection(TensorFixture.Collection)]
public sealed class AdamTests(TensorFixture fixture)
{
    private static readonly AdamSettings s_adam = new(AdamVariant.Adam, 0.01);

    [TensorFact]
    public void Adam_equals_torch_bit_for_bit() => Path(s_adam).ShouldBe(Expected("Adam"));

    [TensorFact]
    public void Adam_with_weight_decay_equals_torch_bit_for_bit() => Path(s_adam with { WeightDecay = 0.1 }).ShouldBe(Expected("AdamDecay"));

    [TensorFact]
    public void AdamW_equals_torch_bit_for_bit() => Path(s_adam with { Variant = AdamVariant.AdamW, WeightDecay = 0.1 }).ShouldBe(Expected("AdamW"));

    [TensorFact]
    public void NAdam_follows_torch_as_corrected_in_torch_2()
    {
        float[] path = Path(s_adam with { Variant = AdamVariant.NAdam });

        path.ShouldBe(Expected("NAdam"), 1e-6f);
        path.Zip(Expected("Adam"), (here, adam) => Math.Abs(here - adam)).Max().ShouldBeGreaterThan(1e-3f);
    }

    [TensorFact]
    public void An_optimiser_that_is_taken_up_again_goes_the_same_way()
    {
        AdamSettings settings = s_adam with { Variant = AdamVariant.NAdam };

        Path(settings, breakAfter: 7).ShouldBe(Path(settings));
    }

    // The gradient is that of the script: scale * (w - t / 10), here from the loss scale * (w - t / 10)^2 / 2.
    private static float[] Path(AdamSettings settings, int breakAfter = -1)
    {
        using var scope = new TensorScope();
        Tensor weight = Tensor.From([1f, -2, 3, 0.25f], 4).requires_grad_(), scale = Tensor.From([1f, 10, 0.1f, 0.001f], 4);
        NamedTensor[] trained = [new("w", weight, true)];
        var optimiser = new Adam(trained, settings);
        var path = new List<float>();
        for (int t = 0; t < 20; t++)
        {
            if (t == breakAfter) optimiser = Restored(optimiser, trained, settings);
            Tensor gradient = scale.mul(weight.detach().add(Tensor.From([(float)(-t / 10.0)], 1)));
            weight.mul(gradient).sum().backward();
            optimiser.Step();
            path.AddRange(weight.ToFloats());
        }
        return [.. path];
    }

    private static Adam Restored(Adam old, NamedTensor[] trained, AdamSettings settings)
    {
        var restored = new Adam(trained, settings);
        foreach ((NamedTensor from, NamedTensor to) in old.State.Zip(restored.State)) StoredTensor.From(from.Name, from.Value).CopyTo(to.Value);
        restored.Resume(old.Steps);
        return restored;
    }

    private float[] Expected(string name) =>
        [.. fixture.Oracle.GetProperty("optimisers").GetProperty(name).EnumerateArray().SelectMany(step => step.EnumerateArray()).Select(value => value.GetSingle())];
}
