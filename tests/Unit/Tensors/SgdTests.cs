using Shouldly;
using TauPipeline.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>Descent with momentum against the library's own and by hand; gradients shortened.</summary>
[Collection(TensorFixture.Collection)]
public sealed class SgdTests
{
    private static readonly float[] s_gradients = [0.5f, -0.25f, 1, 0.125f];

    [TensorTheory]
    [InlineData(0, false, 0)]
    [InlineData(0.9, false, 0)]
    [InlineData(0.9, true, 0)]
    [InlineData(0.9, true, 0.1)]
    public void It_moves_as_torch_does(double momentum, bool nesterov, double decay)
    {
        var settings = new SgdSettings(momentum, nesterov, decay);

        float[] ours = Path(weight => new PortableSgd([("w", weight)], settings));

        ours.ShouldBe(Path(weight => LibraryOptimiser.Of([weight], settings)), 1e-6f);
        if (momentum == 0) ours.ShouldBe([1 - 0.05f, 1 - 0.025f, 1 - 0.125f, 1 - 0.1375f], 1e-6f);
    }

    [TensorFact]
    public void Taken_up_again_it_goes_the_same_way()
    {
        var settings = new SgdSettings(0.9, true, 0.1);

        Path(weight => new PortableSgd([("w", weight)], settings), breakAfter: 2)
            .ShouldBe(Path(weight => new PortableSgd([("w", weight)], settings)));
    }

    [TensorFact]
    public void A_gradient_is_shortened_with_all_others_and_only_if_they_are_too_long_together()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter one = With(3, 0), other = With(0, 4);

        GradientLength.Shorten([one, other], 6).ShouldBe(5);
        one.grad!.data<float>().ShouldBe([3f, 0]);

        GradientLength.Shorten([one, other], 1).ShouldBe(5);
        one.grad!.data<float>().ToArray().ShouldBe([0.6f, 0], 1e-7f);
        other.grad!.data<float>().ToArray().ShouldBe([0, 0.8f], 1e-7f);

        static Parameter With(params float[] gradient) => new(zeros(2)) { grad = tensor(gradient) };
    }

    private static float[] Path(Func<Parameter, IOptimiser> make, int breakAfter = -1)
    {
        using DisposeScope scope = NewDisposeScope();
        var weight = new Parameter(ones(1));
        IOptimiser optimiser = make(weight);
        var path = new List<float>();
        for (int step = 0; step < s_gradients.Length; step++)
        {
            if (step == breakAfter)
            {
                Dictionary<string, StoredTensor> state = optimiser.Taken().ToDictionary(one => one.Name);
                optimiser.Dispose();
                optimiser = make(weight);
                optimiser.Restore(name => state[name]);
            }
            weight.grad = tensor(new[] { s_gradients[step] });
            optimiser.Step(0.1);
            path.Add(weight.detach().item<float>());
        }
        optimiser.Dispose();
        return [.. path];
    }
}
