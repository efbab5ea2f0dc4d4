using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>
/// Sums of transverse momentum around a tau and distances weighted with it (data-preparation.md 2.5; fast-simulation.md, Reconstruction).
/// </summary>
internal struct IsolationSums
{
    private const double Narrow = 0.3, Wide = 0.5, PileUpCone = 0.6, PileUpFactor = 0.2;

    public double Charged, ChargedNarrow, Neutral, NeutralNarrow, NeutralWeighted, NeutralWeightedNarrow, PileUpCorrection;
    public double FootprintCorrection, PhotonsOutsideSignalCone;
    public double StripDeltaEta, StripDeltaPhi, SignalDistance, IsolationDistance;
    public int SignalPhotons;

    private double _signalPt;

    public static IsolationSums Of(Span<PfCandidate> candidates, in TauCandidate tau, double scale)
    {
        var sums = new IsolationSums();
        double signalRadius = SignalCone.Radius(tau.Pt);
        foreach (ref PfCandidate candidate in candidates)
        {
            double distance = Angles.DeltaR(tau.Eta, tau.Phi, candidate.Eta, candidate.Phi);
            if (candidate.Role == TauRole.SignalPhoton) sums.AddSignalPhoton(candidate, tau, distance, signalRadius);
            else if (candidate.Role != TauRole.Prong) sums.AddIsolation(ref candidate, distance);
        }
        sums.Finish(scale);
        return sums;
    }

    private void AddSignalPhoton(in PfCandidate photon, in TauCandidate tau, double distance, double signalRadius)
    {
        SignalPhotons += photon.Pt > 0.5 ? 1 : 0;
        _signalPt += photon.Pt;
        StripDeltaEta += photon.Pt * Math.Abs(photon.Eta - tau.Eta);
        StripDeltaPhi += photon.Pt * Math.Abs(Angles.Wrap(photon.Phi - tau.Phi));
        SignalDistance += photon.Pt * distance;
        FootprintCorrection += photon.Pt * (1 - photon.PuppiWeight);   // what pile-up may have put under the strip
        if (distance > signalRadius) PhotonsOutsideSignalCone += photon.Pt;
    }

    private void AddIsolation(ref PfCandidate candidate, double distance)
    {
        if (candidate.Charge != 0 && !candidate.IsFromHardVertex)
        {
            if (distance < PileUpCone) PileUpCorrection += PileUpFactor * candidate.Pt;
            return;
        }
        if (distance >= Wide) return;
        if (candidate.IsGoodTrack)
        {
            candidate.Role = TauRole.Isolation;
            Charged += candidate.Pt;
            if (distance < Narrow) ChargedNarrow += candidate.Pt;
        }
        else if (candidate.IsElectromagnetic) AddPhoton(ref candidate, distance);
    }

    private void AddPhoton(ref PfCandidate photon, double distance)
    {
        photon.Role = TauRole.Isolation;
        double weighted = photon.Pt * photon.PuppiWeight;
        Neutral += photon.Pt;
        NeutralWeighted += weighted;
        IsolationDistance += photon.Pt * distance;
        if (distance >= Narrow) return;
        NeutralNarrow += photon.Pt;
        NeutralWeightedNarrow += weighted;
    }

    private void Finish(double scale)
    {
        double signal = _signalPt > 0 ? 1 / _signalPt : 0;
        StripDeltaEta *= signal;
        StripDeltaPhi *= signal;
        SignalDistance *= signal;
        IsolationDistance = Neutral > 0 ? IsolationDistance / Neutral : 0;
        Charged *= scale;
        ChargedNarrow *= scale;
        Neutral *= scale;
        NeutralNarrow *= scale;
        NeutralWeighted *= scale;
        NeutralWeightedNarrow *= scale;
    }
}
