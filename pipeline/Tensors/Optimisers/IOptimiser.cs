namespace TauPipeline.Tensors;

/// <summary>Moves weights along their gradients. Its state can be stored and taken up again, to the same bits.</summary>
public interface IOptimiser : IDisposable
{
    /// <summary>Moves each weight that has a gradient, and forgets the gradient.</summary>
    /// <param name="rate">The learning rate of this step.</param>
    void Step(double rate);

    /// <summary>A copy of its state.</summary>
    IReadOnlyList<StoredTensor> Taken();

    /// <summary>Goes on from a state.</summary>
    /// <param name="find">The stored tensor of a name.</param>
    void Restore(Func<string, StoredTensor> find);
}
