using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>A network in two pieces: common layers, and those of the classes on what comes out of them.</summary>
internal interface IJoinedNetwork
{
    /// <summary>The common representation (rows, numbers).</summary>
    Tensor Joined(NetworkInputs inputs);

    /// <summary>That to logits (rows, classes).</summary>
    Tensor Classified(Tensor joined);
}
