using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>
/// Where the ways of the gradients meet: classes and adversary each learn on a copy of the common representation by their own loss alone,
/// and the common layers by the first gradient times its factor less the second times its own. Lives in a dispose scope.
/// </summary>
internal sealed class Reversal(Tensor joined, AdaptationPlan plan)
{
    /// <summary>What the layers of the classes take.</summary>
    public Tensor ForClasses { get; } = joined.detach().requires_grad_();

    /// <summary>What the adversary takes.</summary>
    public Tensor ForAdversary { get; } = joined.detach().requires_grad_();

    /// <summary>Once both losses have gone back to here: on into the common layers.</summary>
    public void Backward() =>
        joined.backward([ForClasses.grad!.times(plan.ClassFactor).plus(ForAdversary.grad!, -plan.AdversaryFactor)]);

    /// <summary>Mean absolute gradients of both losses here, as they are without factors.</summary>
    public (double Classes, double Adversary) Pulls => (Mean(ForClasses.grad!), Mean(ForAdversary.grad!));

    private static double Mean(Tensor gradient)
    {
        double sum = 0;
        foreach (float value in gradient.cpu().data<float>().ToArray()) sum += Math.Abs(value);
        return sum / gradient.numel();
    }
}
