namespace TauPipeline.Simulation;

/// <summary>The masses allowed to a hypothesis of a decay mode (fast-simulation.md, Reconstruction).</summary>
internal static class MassWindow
{
    public static bool Contains(int decayMode, double mass, double pt) => decayMode switch
    {
        0 => true,
        1 => mass > 0.3 && mass < Math.Clamp(1.3 * Math.Sqrt(pt / 100), 1.3, 4.2),
        2 => mass > 0.4 && mass < WideEdge(pt),
        5 or 6 => mass < WideEdge(pt),
        10 => mass is > 0.8 and < 1.5,
        _ => mass is > 0.9 and < 1.6,
    };

    private static double WideEdge(double pt) => Math.Clamp(1.2 * Math.Sqrt(pt / 100), 1.2, 4.0);
}
