using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>
/// Weights of neutral particles: a smooth function of the charged activity around them, with noise (fast-simulation.md, Event).
/// </summary>
internal sealed class Puppi
{
    private const double Reach = 0.4, Closest = 0.02, Noise = 0.7, HalfWeight = 150;

    private readonly GrowingList<Charged> _charged = new();

    public void Weigh(ref CounterRandom random, Span<PfCandidate> candidates)
    {
        _charged.Clear();
        foreach (ref readonly PfCandidate candidate in (ReadOnlySpan<PfCandidate>)candidates)
            if (candidate.Charge != 0 && candidate.PuppiWeight != 0)
                _charged.Add(new Charged(candidate.Eta, candidate.Phi, candidate.Pt * candidate.Pt));
        foreach (ref PfCandidate neutral in candidates)
        {
            if (neutral.Charge == 0) neutral.PuppiWeight = Weight(ref random, neutral);
            bool isLepton = neutral.Type is PfType.Electron or PfType.Muon;
            neutral.PuppiWeightNoLep = isLepton ? 0 : neutral.PuppiWeight;
        }
    }

    // A logistic of the logarithm of (pt/dR)² of the hard vertex, half at 150 GeV² (c); a hard neutral counts for itself.
    private double Weight(ref CounterRandom random, in PfCandidate neutral)
    {
        double activity = 1e-3, eta = neutral.Eta, phi = neutral.Phi;
        foreach (ref readonly Charged charged in (ReadOnlySpan<Charged>)_charged.Items)
        {
            double distance2 = Angles.DeltaR2(eta, phi, charged.Eta, charged.Phi);
            if (distance2 < Reach * Reach) activity += charged.Pt2 / Math.Max(distance2, Closest * Closest);
        }
        return activity / (activity + HalfWeight * Math.Exp(0.25 * (1 - neutral.Pt) - Noise * random.NextNormal()));
    }

    // What the weights need of a track of the hard vertex, side by side: every neutral asks every one.
    private readonly record struct Charged(double Eta, double Phi, double Pt2);
}
