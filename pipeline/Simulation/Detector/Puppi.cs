using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Weights of neutral particles: a smooth function of the charged activity around them, with noise (fast-simulation.md, Event).</summary>
internal static class Puppi
{
    private const double Reach = 0.4, Closest = 0.02, Noise = 0.7;

    public static void Weigh(ref CounterRandom random, Span<PfCandidate> candidates)
    {
        foreach (ref PfCandidate neutral in candidates)
        {
            if (neutral.Charge == 0) neutral.PuppiWeight = Weight(ref random, neutral, candidates);
            bool isLepton = neutral.Type is PfType.Electron or PfType.Muon;
            neutral.PuppiWeightNoLep = isLepton ? 0 : neutral.PuppiWeight;
        }
    }

    // Half weight where the hard vertex gives (pt/dR)² of about 150 GeV² (c); a hard neutral counts for itself.
    private static double Weight(ref CounterRandom random, in PfCandidate neutral, ReadOnlySpan<PfCandidate> candidates)
    {
        double activity = 1e-3;
        foreach (ref readonly PfCandidate charged in candidates)
        {
            if (charged.Charge == 0 || charged.PuppiWeight == 0) continue;
            double distance2 = Angles.DeltaR2(neutral.Eta, neutral.Phi, charged.Eta, charged.Phi);
            if (distance2 < Reach * Reach) activity += charged.Pt * charged.Pt / Math.Max(distance2, Closest * Closest);
        }
        double score = Math.Log(activity / 150) + 0.25 * (neutral.Pt - 1) + Noise * random.NextNormal();
        return 1 / (1 + Math.Exp(-score));
    }
}
