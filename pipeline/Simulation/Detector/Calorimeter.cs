using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>Energy resolutions (fast-simulation.md, Detector response).</summary>
internal static class Calorimeter
{
    public const double PhotonThreshold = 0.5, NeutralHadronThreshold = 1.0;

    public static bool IsCrack(double eta) => Math.Abs(eta) is > 1.46 and < 1.558;

    /// <summary>3 %/sqrt(E) (+) 0.6 %.</summary>
    public static double PhotonResolution(double energy) => Math.Sqrt(0.0009 / energy + 0.006 * 0.006);

    /// <summary>100 %/sqrt(E) (+) 5 %.</summary>
    public static double HadronResolution(double energy) => Math.Sqrt(1 / energy + 0.05 * 0.05);

    /// <summary>What a charged hadron leaves: a quarter pass the electromagnetic part as minimum ionising (c).</summary>
    public static void Deposit(ref CounterRandom random, ref PfCandidate hadron)
    {
        bool isMinimumIonising = random.NextBelow(0.25);
        hadron.HcalFraction = isMinimumIonising ? random.NextBetween(0.92, 1) : random.NextBeta(1.6, 1.2);
        double response = 0.85 * (1 + HadronResolution(Math.Max(1, hadron.Energy)) * random.NextNormal());
        hadron.RawCaloFraction = Math.Max(0, response);
    }
}
