using TauPipeline.Columns;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Whether a candidate is a tau that decayed into hadrons, and how.</summary>
/// <param name="IsMatched">Whether it is: within 0.2, visible pt above 15 GeV, visible |eta| below 2.5.</param>
/// <param name="Prongs">Charged hadrons of the decay; 0 without a match.</param>
/// <param name="Mode">As ATLAS numbers modes: 1p0n, 1p1n, 1pXn, 3p0n, 3pXn from 0 on, 5 others; -1 without a match.</param>
/// <param name="Pt">Visible pt, GeV; 0 without a match.</param>
/// <param name="Eta">Visible eta; 0 without a match.</param>
internal readonly record struct ThorDecay(bool IsMatched, int Prongs, int Mode, double Pt, double Eta)
{
    public static ThorDecay None => new(false, 0, -1, 0, 0);
}

/// <summary>The truth of each candidate of a batch, counted from the decay products that a TauTuple lists.</summary>
internal sealed class ThorTruth(Batch tuple)
{
    private const int Hadrons = 5, ChargedPion = 211, Photon = 22;
    private const double MaxDistance = 0.2, MinPt = 15, MaxAbsEta = 2.5;

    private readonly double[] _kind = Of(tuple, "genLepton_kind"), _pt = Of(tuple, "genLepton_vis_pt");
    private readonly double[] _eta = Of(tuple, "genLepton_vis_eta"), _phi = Of(tuple, "genLepton_vis_phi");
    private readonly double[] _tauEta = Of(tuple, "tau_eta"), _tauPhi = Of(tuple, "tau_phi"), _id = Of(tuple, "genParticle_pdgId");
    private readonly int[] _offsets = tuple.Jagged<int>("genParticle_pdgId").Offsets.ToArray();

    public ThorDecay Of(int row)
    {
        bool isTau = _kind[row] == Hadrons && _pt[row] > MinPt && Math.Abs(_eta[row]) < MaxAbsEta
            && Angles.DeltaR(_eta[row], _phi[row], _tauEta[row], _tauPhi[row]) < MaxDistance;
        if (!isTau) return ThorDecay.None;
        ReadOnlySpan<double> products = _id.AsSpan(_offsets[row].._offsets[row + 1]);
        int charged = 0, photons = 0;
        foreach (double id in products)
            if (Math.Abs(id) == ChargedPion) charged++;
            else if (id == Photon) photons++;
        return new ThorDecay(true, charged, ModeOf(charged, photons / 2), _pt[row], _eta[row]);
    }

    private static int ModeOf(int charged, int neutralPions) => (charged, neutralPions) switch
    {
        (1, 0) => 0,
        (1, 1) => 1,
        (1, _) => 2,
        (3, 0) => 3,
        (3, _) => 4,
        _ => 5,
    };

    private static double[] Of(Batch tuple, string name) => tuple[name].ToDoubles();
}
