namespace TauPipeline.Learning;

/// <summary>The discriminator against one class, <c>o_tau / (o_tau + o_X)</c>, of a softmax's outputs.</summary>
internal readonly ref struct TauAgainst
{
    private readonly double _byTau, _byOther;
    private readonly int _tau, _other;

    /// <summary>Of these outputs.</summary>
    public TauAgainst(ReadOnlySpan<double> outputs, int tau, int other)
    {
        double sum = outputs[tau] + outputs[other] + Clipped.Epsilon;
        var ratio = new Clipped(outputs[tau] / sum);
        (_tau, _other, Value) = (tau, other, ratio.Value);
        _byTau = ratio.Slope * (outputs[other] + Clipped.Epsilon) / (sum * sum);
        _byOther = -ratio.Slope * outputs[tau] / (sum * sum);
    }

    /// <summary>Its value.</summary>
    public double Value { get; }

    /// <summary>Adds what a slope by the discriminator is by the outputs.</summary>
    public void AddTo(Span<double> slopes, double slope)
    {
        slopes[_tau] += slope * _byTau;
        slopes[_other] += slope * _byOther;
    }
}
