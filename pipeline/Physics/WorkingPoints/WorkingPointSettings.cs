using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>A working point and the efficiency for genuine taus that it should have.</summary>
/// <param name="Against">Name of the class it discriminates against.</param>
/// <param name="Point">Its name.</param>
/// <param name="Efficiency">Between 0 and 1.</param>
public readonly record struct WorkingPointTarget(string Against, WorkingPoint Point, double Efficiency);

/// <summary>What thresholds to look for, and how (training-and-evaluation 11.2).</summary>
public sealed record WorkingPointSettings
{
    /// <summary>All targets; classes come in the order in which they are first named here.</summary>
    public required IReadOnlyList<WorkingPointTarget> Targets { get; init; }

    /// <summary>The working point against each other class that a tau must pass to count; empty for none.</summary>
    public IReadOnlyDictionary<string, WorkingPoint> Required { get; init; } = new Dictionary<string, WorkingPoint>();

    /// <summary>Targets are rounded up to multiples of this.</summary>
    public double EfficiencyStep { get; init; } = 1e-4;

    /// <summary>
    /// Settled when no threshold changes by this much and every target is met within one tau, or when none changes at all.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>Most iterations of all types together, and again of one type after another.</summary>
    public int MostIterations { get; init; } = 100;

    /// <summary>Decimals of the final thresholds.</summary>
    public int Decimals { get; init; } = 4;

    /// <summary>Everything that is wrong with the targets and requirements, known before any score.</summary>
    public IReadOnlyList<ErrorText> Mistakes()
    {
        List<ErrorText> mistakes = [];
        foreach (WorkingPointTarget target in Targets)
            if (!(target.Efficiency is > 0 and < 1)) mistakes.Add(PhysicsErrors.BadTarget(target));
        foreach (IGrouping<string, WorkingPointTarget> against in Targets.GroupBy(target => target.Against))
        {
            WorkingPointTarget[] fromLoose = [.. against.OrderBy(target => target.Point)];
            for (int i = 1; i < fromLoose.Length; i++)
                if (fromLoose[i].Point == fromLoose[i - 1].Point || fromLoose[i].Efficiency >= fromLoose[i - 1].Efficiency)
                    mistakes.Add(PhysicsErrors.TargetOrder(fromLoose[i - 1], fromLoose[i]));
        }
        foreach ((string against, WorkingPoint point) in Required)
            if (!Targets.Any(target => target.Against == against && target.Point == point))
                mistakes.Add(PhysicsErrors.RequirementUndefined(against, point, Targets.Where(target => target.Against == against)));
        return mistakes;
    }
}
