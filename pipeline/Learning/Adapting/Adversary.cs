using TauPipeline.Foundation;
using TauPipeline.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>The adversary of a training: its layers, its optimiser, and what it learns from.</summary>
internal sealed class Adversary : IDisposable
{
    private readonly AdaptationPlan _plan;
    private readonly Device _device;
    private readonly IReadOnlyList<(string Name, Parameter Weight)> _weights;

    public Adversary(NetworkShape shape, TrainingPlan plan, AdaptationPlan adaptation, Device device)
    {
        (_plan, _device) = (adaptation, device);
        bool isPortable = plan.Numeric == Numeric.Portable;
        Head = new DomainHead(shape, CounterRandom.Key(plan.Seed, "adversary"), isPortable);
        Head.to(device);
        _weights = [.. Head.named_parameters()];
        Optimiser = isPortable
            ? new PortableAdam(_weights, AdaptationPlan.Optimiser)
            : LibraryOptimiser.Of(_weights.Select(one => one.Weight), AdaptationPlan.Optimiser);
    }

    public nn.Module<Tensor, Tensor> Head { get; }
    public IOptimiser Optimiser { get; }

    /// <summary>Where classes and adversary part.</summary>
    public Reversal Part(Tensor joined) => new(joined, _plan);

    /// <summary>The adversary's loss of the control rows, which are the last ones, taken back to where the ways part.</summary>
    /// <param name="at">Where they part.</param>
    /// <param name="control">The control rows.</param>
    /// <param name="all">All rows of the step.</param>
    /// <param name="place">Epoch and batch, for errors.</param>
    /// <exception cref="StepFailed">The loss or a gradient is not finite.</exception>
    public DomainSums Learn(Reversal at, TrainingBatch control, TrainingBatch all, (int Epoch, int Batch) place)
    {
        int others = all.Rows - control.Rows;
        Head.train();
        Tensor logits = Head.call(at.ForAdversary);
        float[] slopes = new float[all.Rows], values = logits.detach().cpu().data<float>().ToArray();
        DomainSums sums = DomainSums.Of(control, values.AsSpan(others), slopes.AsSpan(others));
        if (!double.IsFinite(sums.Loss))
            throw LearningErrors.NotFinite("the adversary's loss", place.Epoch, place.Batch, NotFiniteRows.Of(all, values));
        logits.backward([tensor(slopes, [all.Rows, 1], device: _device)]);
        if (!GradientLength.IsFinite(_weights.Select(one => one.Weight)))
            throw LearningErrors.NotFinite("a gradient of the adversary", place.Epoch, place.Batch, NotFiniteRows.Of(all, slopes));
        return sums;
    }

    /// <summary>Moves its weights.</summary>
    public void Step() => Optimiser.Step(_plan.LearningRate);

    /// <summary>How well it tells the domains of some rows.</summary>
    public DomainSums Check(Tensor joined, TrainingBatch control)
    {
        Head.eval();
        return DomainSums.Of(control, Head.call(joined).detach().cpu().data<float>().ToArray());
    }

    public void Dispose()
    {
        Head.Dispose();
        Optimiser.Dispose();
    }
}
