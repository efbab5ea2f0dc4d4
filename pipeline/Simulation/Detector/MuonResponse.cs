using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>Muons: a track, a minimum ionising deposit, and segments in the muon system.</summary>
internal static class MuonResponse
{
    // Tracks of muons are nearly always found; the muon system has gaps between its wheels (c).
    private const double TrackEfficiency = 0.99, Found = 0.985, FoundInGap = 0.90;

    public static void Measure(ref CounterRandom random, in GenParticle particle, Tracker tracker, ParticleFlow flow)
    {
        if (Math.Abs(particle.Eta) > Tracker.Acceptance || !random.NextBelow(TrackEfficiency)) return;
        bool isGap = Math.Abs(Math.Abs(particle.Eta) - 0.25) < 0.04 || Math.Abs(particle.Eta) > MuonSystem.Acceptance;
        bool isFound = random.NextBelow(isGap ? FoundInGap : Found);
        PfCandidate muon = tracker.Measure(ref random, particle, isFound ? PfType.Muon : PfType.ChargedHadron, isDense: false);
        muon.HcalFraction = isFound ? 0 : random.NextBetween(0.6, 1);
        // Muons that the system misses have often radiated in the calorimeter.
        muon.RawCaloFraction = isFound ? (2 + 0.8 * random.NextExponential()) / muon.Energy : random.NextBetween(0, 1.2);
        VertexAssociation.Associate(ref muon, isPileUp: false);
        flow.Candidates.Add(muon);
        if (isFound || random.NextBelow(0.5)) flow.Muons.Add(MuonObject.Genuine(ref random, muon));
    }
}
