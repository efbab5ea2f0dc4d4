using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Partons as the processes want them.</summary>
internal static class Partons
{
    /// <summary>Jets are spread flat over the tracker's acceptance and a little beyond (c).</summary>
    private const double MaxAbsEta = 2.7;

    public static HardObject Jet(ref CounterRandom random, Flavour flavour, double pt, double phi) =>
        HardObject.Jet(flavour, LorentzVector.FromPtEtaPhiM(pt, random.NextBetween(-MaxAbsEta, MaxAbsEta), phi, 0));

    /// <summary>pt^-3.5 above 15 (c): jets beside a boson.</summary>
    public static double FallingPt(ref CounterRandom random) => Math.Min(1000, 15 * Math.Pow(random.NextOpen(), -1 / 2.5));
}
