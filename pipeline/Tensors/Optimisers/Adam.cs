namespace TauPipeline.Tensors;

/// <summary>
/// Adam and its two near relatives, in the operation order of <c>torch.optim</c> 1.13; Adam and AdamW equal torch's bit for
/// bit. Its state (two moments a weight and the number of steps) can be stored and taken up again.
/// </summary>
public sealed class Adam : IDisposable
{
    private readonly AdamSettings _settings;
    private readonly IReadOnlyList<Slot> _slots;
    private double _momentumProduct = 1;

    /// <summary>An optimiser of the trained ones among these tensors.</summary>
    public Adam(IEnumerable<NamedTensor> state, AdamSettings settings)
    {
        _settings = settings;
        _slots = [.. state.Where(tensor => tensor.Trained).Select(tensor => new Slot(tensor))];
    }

    /// <summary>How many steps were made.</summary>
    public long Steps { get; private set; }

    /// <summary>Both moments of each weight, in the order of the weights.</summary>
    public IReadOnlyList<NamedTensor> State =>
        [.. _slots.SelectMany(slot => new NamedTensor[] { new($"{slot.Name}.exp_avg", slot.Mean, false), new($"{slot.Name}.exp_avg_sq", slot.Square, false) })];

    /// <summary>Goes on after this many steps; the moments in <see cref="State"/> are restored by the caller.</summary>
    public void Resume(long steps)
    {
        (Steps, _momentumProduct) = (steps, 1);
        for (long step = 1; step <= steps; step++) _momentumProduct *= Momentum(step);
    }

    /// <summary>Moves each weight that has a gradient, and forgets the gradient.</summary>
    public void Step()
    {
        Steps++;
        _momentumProduct *= Momentum(Steps);
        using NoGrad none = NoGrad.Begin();
        foreach (Slot slot in _slots)
        {
            using var scope = new TensorScope();
            if (slot.Weight.grad() is not { } gradient) continue;
            Move(slot, gradient);
            slot.Weight.zero_grad();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NamedTensor moment in State) moment.Value.Dispose();
    }

    private void Move(Slot slot, Tensor gradient)
    {
        double rate = _settings.LearningRate, decay = _settings.WeightDecay;
        if (_settings.Variant == AdamVariant.AdamW) slot.Weight.mul_(1 - rate * decay);
        else if (decay != 0) gradient = gradient.add(slot.Weight, decay);

        slot.Mean.mul_(_settings.Beta1).add_(gradient, 1 - _settings.Beta1);
        slot.Square.mul_(_settings.Beta2).addcmul_(gradient, gradient, 1 - _settings.Beta2);
        Tensor denominator = slot.Square.sqrt().div_(Math.Sqrt(1 - Math.Pow(_settings.Beta2, Steps))).add_(_settings.Epsilon);

        if (_settings.Variant == AdamVariant.NAdam)
        {
            slot.Weight.addcdiv_(gradient, denominator, -rate * (1 - Momentum(Steps)) / (1 - _momentumProduct));
            slot.Weight.addcdiv_(slot.Mean, denominator, -rate * Momentum(Steps + 1) / (1 - _momentumProduct * Momentum(Steps + 1)));
        }
        else slot.Weight.addcdiv_(slot.Mean, denominator, -(rate / (1 - Math.Pow(_settings.Beta1, Steps))));
    }

    private double Momentum(long step) => _settings.Beta1 * (1 - 0.5 * Math.Pow(0.96, step * _settings.MomentumDecay));

    private sealed class Slot(NamedTensor weight)
    {
        public string Name { get; } = weight.Name;
        public Tensor Weight { get; } = weight.Value;
        public Tensor Mean { get; } = Zeros(weight.Value.Shape);
        public Tensor Square { get; } = Zeros(weight.Value.Shape);

        private static Tensor Zeros(IReadOnlyList<long> shape) => Tensor.From(new float[shape.Aggregate(1L, (count, size) => count * size)], [.. shape]);
    }
}
