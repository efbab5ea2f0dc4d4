namespace TauPipeline.Tensors;

/// <summary>A layer of a network: (rows, columns in) to (rows, columns out). Disposing it frees its tensors.</summary>
public interface ILayer : IDisposable
{
    /// <summary>The layer's output for this input.</summary>
    Tensor Forward(Tensor input, Pass pass);

    /// <summary>Weights and running moments, in the order in which they are stored.</summary>
    IReadOnlyList<NamedTensor> State { get; }
}

/// <summary>One way through a network: in training or not, and the key of this batch's random numbers.</summary>
public readonly record struct Pass(bool Training, ulong Key)
{
    /// <summary>The way through for a prediction: no dropout, running moments.</summary>
    public static Pass Inference { get; } = new(false, 0);
}

/// <summary>A tensor with its place in the stored state; a trained one wants gradients, others are running moments.</summary>
public readonly record struct NamedTensor(string Name, Tensor Value, bool Trained);
