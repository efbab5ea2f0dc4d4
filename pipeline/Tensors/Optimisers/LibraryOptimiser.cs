using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>One of torch's own, for trainings that leave everything to the library.</summary>
public sealed class LibraryOptimiser(OptimizerHelper optimiser) : IOptimiser
{
    private const string StateName = "state";

    // Each step has its own.
    private const double AnyRate = 1e-3;

    /// <summary>torch's optimiser with these settings.</summary>
    public static LibraryOptimiser Of(IEnumerable<Parameter> weights, AdamSettings settings) => new(settings.Variant switch
    {
        AdamVariant.Adam => optim.Adam(
            weights,
            AnyRate,
            settings.Beta1,
            settings.Beta2,
            settings.Epsilon,
            settings.WeightDecay),
        AdamVariant.AdamW => optim.AdamW(
            weights,
            AnyRate,
            settings.Beta1,
            settings.Beta2,
            settings.Epsilon,
            settings.WeightDecay),
        _ => optim.NAdam(
            weights,
            AnyRate,
            settings.Beta1,
            settings.Beta2,
            settings.Epsilon,
            settings.WeightDecay,
            settings.MomentumDecay),
    });

    /// <summary>torch's stochastic gradient descent with these settings.</summary>
    public static LibraryOptimiser Of(IEnumerable<Parameter> weights, SgdSettings settings) =>
        new(optim.SGD(weights, AnyRate, settings.Momentum, 0, settings.WeightDecay, settings.Nesterov));

    /// <inheritdoc/>
    public void Step(double rate)
    {
        foreach (optim.ILearningRateController group in optimiser.ParamGroups) group.LearningRate = rate;
        optimiser.step();
        optimiser.zero_grad();
    }

    /// <summary>As TorchSharp writes it, in whole words.</summary>
    public IReadOnlyList<StoredTensor> Taken()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        optimiser.save_state_dict(writer);
        writer.Flush();
        memory.SetLength((memory.Length + sizeof(long) - 1) / sizeof(long) * sizeof(long));
        return [new(StateName, ScalarType.Int64, [memory.Length / sizeof(long)], memory.ToArray())];
    }

    /// <inheritdoc/>
    public void Restore(Func<string, StoredTensor> find)
    {
        using var reader = new BinaryReader(new MemoryStream(find(StateName).Bytes.ToArray()));
        optimiser.load_state_dict(reader);
    }

    /// <inheritdoc/>
    public void Dispose() => optimiser.Dispose();
}
