namespace TauPipeline.Physics;

/// <summary>A working point and the efficiency for genuine taus that it should have.</summary>
public readonly record struct WorkingPointTarget(WorkingPoint Point, double Efficiency);

/// <summary>What thresholds to look for, and how (training-and-evaluation 11.2).</summary>
public sealed record WorkingPointSettings
{
    /// <summary>Targets against each type.</summary>
    public required IReadOnlyDictionary<TauClass, IReadOnlyList<WorkingPointTarget>> Targets { get; init; }

    /// <summary>The working point against each other type that a tau must pass to count; empty for none.</summary>
    public IReadOnlyDictionary<TauClass, WorkingPoint> Required { get; init; } = new Dictionary<TauClass, WorkingPoint>();

    /// <summary>Targets are rounded up to multiples of this.</summary>
    public double EfficiencyStep { get; init; } = 1e-4;

    /// <summary>Settled when no threshold changes by this much.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>Most iterations.</summary>
    public int MostIterations { get; init; } = 100;

    /// <summary>Decimals of the final thresholds.</summary>
    public int Decimals { get; init; } = 4;
}
