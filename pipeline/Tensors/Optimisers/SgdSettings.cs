namespace TauPipeline.Tensors;

/// <summary>Settings of stochastic gradient descent, in torch's meaning.</summary>
/// <param name="Momentum">What is kept of the last move.</param>
/// <param name="Nesterov">Whether the gradient is taken a move ahead.</param>
/// <param name="WeightDecay">How much of a weight is added to its gradient.</param>
public sealed record SgdSettings(double Momentum, bool Nesterov, double WeightDecay);
