namespace TauPipeline.Simulation;

/// <summary>The cone that holds all of a tau: 3.0/pt, limited to 0.05 to 0.1.</summary>
internal static class SignalCone
{
    public static double Radius(double pt) => Math.Clamp(3.0 / pt, 0.05, 0.1);
}
