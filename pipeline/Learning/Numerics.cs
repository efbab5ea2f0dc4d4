using TauPipeline.Tensors;
using TorchSharp;

namespace TauPipeline.Learning;

/// <summary>How exactly the numbers of a training are fixed (<c>train.numeric</c>).</summary>
public enum Numeric
{
    /// <summary>The same model bit for bit on any AVX2 machine with the same library versions.</summary>
    Portable,
    /// <summary>What this processor does best.</summary>
    Fastest,
}

/// <summary>Where the numbers of a training are computed (<c>train.device</c>).</summary>
public enum TrainingDevice
{
    /// <summary>On the processor.</summary>
    Cpu,
    /// <summary>On a graphics processor of NVIDIA.</summary>
    Cuda,
}

/// <summary>The numeric environment of a step that trains; for stages, which do not name Tensors.</summary>
public static class Numerics
{
    /// <summary>The variables for the step's <c>Environment</c>: fingerprinted, and set in its child from the start.</summary>
    public static IReadOnlyDictionary<string, string> Environment(Numeric numeric, int threads) =>
        numeric == Numeric.Portable ? NumericEnvironment.Portable(threads) : NumericEnvironment.Fastest(threads);

    /// <summary>
    /// Names and versions of the libraries, for the step's <c>Tools</c>; looked for once a process. Loads nothing, never throws.
    /// </summary>
    public static IReadOnlyList<string> Tools { get; } = TensorLibrary.Versions;

    internal static torch.Device Start(TrainingPlan plan)
    {
        TensorLibrary.Load(Environment(plan.Numeric, plan.Threads));
        DeviceType device = plan.Device == TrainingDevice.Cuda ? DeviceType.CUDA : DeviceType.CPU;
        TensorLibrary.Require(device);
        return new torch.Device(device);
    }
}
