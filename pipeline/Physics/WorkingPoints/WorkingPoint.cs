using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>A named target efficiency, loosest first; the number is the bit in a stored mask.</summary>
public enum WorkingPoint
{
    /// <summary>Bit 0.</summary>
    VVVLoose = 0,
    /// <summary>Bit 1.</summary>
    VVLoose = 1,
    /// <summary>Bit 2.</summary>
    VLoose = 2,
    /// <summary>Bit 3.</summary>
    Loose = 3,
    /// <summary>Bit 4.</summary>
    Medium = 4,
    /// <summary>Bit 5.</summary>
    Tight = 5,
    /// <summary>Bit 6.</summary>
    VTight = 6,
    /// <summary>Bit 7.</summary>
    VVTight = 7,
    /// <summary>Bit 8.</summary>
    VVVTight = 8,
}

/// <summary>The names of working points.</summary>
public static class WorkingPoints
{
    /// <summary>All, loosest first.</summary>
    public static IReadOnlyList<WorkingPoint> All { get; } = Enum.GetValues<WorkingPoint>();

    /// <summary>The working point of a name.</summary>
    /// <exception cref="Misuse">There is none; gives the nearest.</exception>
    public static WorkingPoint Parse(string name)
    {
        foreach (WorkingPoint point in All)
            if (point.ToString() == name) return point;
        throw PhysicsErrors.UnknownName("working point", name, All.Select(point => point.ToString()));
    }
}
