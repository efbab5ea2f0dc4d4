using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>
/// The fraction of its energy that an electron radiates in the tracker: an exponential tail that grows with the material.
/// </summary>
internal static class Bremsstrahlung
{
    /// <summary>Radiation lengths before the calorimeter: 0.4 in the centre, 1.8 at 1.45, 1.2 far forward (c).</summary>
    public static double Material(double eta)
    {
        double absEta = Math.Abs(eta);
        return absEta < 1.45 ? 0.4 + 1.4 * absEta * absEta / (1.45 * 1.45) : 1.8 - 0.6 * Math.Min(1, absEta - 1.45);
    }

    public static double Draw(ref CounterRandom random, double eta) =>
        Math.Min(0.95, 1 - Math.Exp(-0.6 * Material(eta) * random.NextExponential()));
}
