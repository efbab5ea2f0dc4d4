using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>A reconstructed muon as TauTuple stores it (data-preparation.md 2.5, muon_).</summary>
internal struct MuonObject
{
    public double Pt, Eta, Phi, Dxy, DxyError, Chi2, SegmentCompatibility, CaloCompatibility, EcalEnergy;
    public int ValidHits;
    public bool IsGlobal, HasEcalEnergy;
    public StationCounts Matches, Hits;

    /// <summary>A muon: minimum ionising, through all stations.</summary>
    public static MuonObject Genuine(ref CounterRandom random, in PfCandidate muon)
    {
        MuonObject found = From(muon);
        MuonSystem.Fill(ref random, muon.Eta, 0.985, ref found.Matches, ref found.Hits);
        found.IsGlobal = random.NextBelow(0.97);
        found.Chi2 = random.NextGamma(12) / 12;
        found.ValidHits = muon.Hits + 2 * random.NextPoisson(12);
        found.SegmentCompatibility = random.NextBeta(12, 1.5);
        found.CaloCompatibility = random.NextBeta(8, 1.2);
        found.HasEcalEnergy = random.NextBelow(0.9);
        found.EcalEnergy = 0.2 + 0.15 * random.NextExponential();
        return found;
    }

    /// <summary>A hadron that punches through the calorimeter and reaches the first stations.</summary>
    public static MuonObject FromHadron(ref CounterRandom random, in PfCandidate hadron)
    {
        MuonObject found = From(hadron);
        MuonSystem.Fill(ref random, hadron.Eta, 0.45, ref found.Matches, ref found.Hits);
        found.IsGlobal = random.NextBelow(0.2);
        found.Chi2 = 1 + 3 * random.NextExponential();
        found.ValidHits = hadron.Hits + random.NextPoisson(6);
        found.SegmentCompatibility = random.NextBeta(2, 4);
        found.CaloCompatibility = random.NextBeta(1.5, 3);
        found.HasEcalEnergy = true;
        found.EcalEnergy = hadron.Energy * hadron.RawCaloFraction * (1 - hadron.HcalFraction);
        return found;
    }

    private static MuonObject From(in PfCandidate track) =>
        new()
        {
            Pt = track.Pt,
            Eta = track.Eta,
            Phi = track.Phi,
            Dxy = track.Dxy,
            DxyError = track.DxyError,
        };
}
