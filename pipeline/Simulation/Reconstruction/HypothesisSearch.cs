using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>
/// Tries all combinations of the hardest tracks and strips of a jet; the valid one with the largest pt wins
/// (fast-simulation.md, Reconstruction).
/// </summary>
internal sealed class HypothesisSearch
{
    private const int MostTracks = 6, MostStrips = 5;

    private readonly SignalTrack[] _tracks = new SignalTrack[MostTracks];
    private int _trackCount, _stripCount;
    private GrowingList<Strip> _strips = new();
    private TauHypothesis _best;

    /// <summary>The candidate that a track of the winning hypothesis is.</summary>
    public int Candidate(int track) => _tracks[track].Candidate;

    public TauHypothesis Search(ReadOnlySpan<PfCandidate> candidates, GrowingList<Strip> strips)
    {
        _best = TauHypothesis.None;
        _strips = strips;
        _stripCount = Math.Min(MostStrips, strips.Count);
        CollectHardestTracks(candidates);
        for (int i = 0; i < _trackCount; i++)
        {
            TryWithStrips(0, new(i), _tracks[i].P, _tracks[i].Charge, mostStrips: 2);
            for (int j = i + 1; j < _trackCount; j++)
            {
                LorentzVector pair = _tracks[i].P + _tracks[j].P;
                // A pair has lost its third track, so its charge says nothing: the harder one's is taken.
                TryWithStrips(5, new(i, j), pair, _tracks[i].Charge, mostStrips: 1);
                for (int k = j + 1; k < _trackCount; k++)
                {
                    int charge = _tracks[i].Charge + _tracks[j].Charge + _tracks[k].Charge;
                    if (Math.Abs(charge) == 1) TryWithStrips(10, new(i, j, k), pair + _tracks[k].P, charge, mostStrips: 1);
                }
            }
        }
        return _best;
    }

    private void CollectHardestTracks(ReadOnlySpan<PfCandidate> candidates)
    {
        _trackCount = 0;
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly PfCandidate candidate = ref candidates[i];
            if (!candidate.IsInJet || !candidate.IsGoodTrack || !candidate.IsFromHardVertex) continue;
            int place = _trackCount < MostTracks ? _trackCount++ : MostTracks;
            for (; place > 0 && _tracks[place - 1].Pt < candidate.Pt; place--)
                if (place < MostTracks) _tracks[place] = _tracks[place - 1];
            if (place < MostTracks) _tracks[place] = SignalTrack.Of(candidate, i);
        }
    }

    private void TryWithStrips(int decayMode, Places tracks, LorentzVector p, int charge, int mostStrips)
    {
        Try(decayMode, tracks, Places.None, p, charge);
        for (int s = 0; s < _stripCount; s++)
        {
            LorentzVector one = p + _strips[s].P;
            Try(decayMode + 1, tracks, new(s), one, charge);
            for (int t = s + 1; t < _stripCount && mostStrips > 1; t++) Try(decayMode + 2, tracks, new(s, t), one + _strips[t].P, charge);
        }
    }

    private void Try(int decayMode, Places tracks, Places strips, LorentzVector p, int charge)
    {
        if (_best.Exists && p.Px * p.Px + p.Py * p.Py <= _best.P.Px * _best.P.Px + _best.P.Py * _best.P.Py) return;
        double pt = p.Pt;
        if (!MassWindow.Contains(decayMode, p.Mass, pt) || !IsInSignalCone(tracks, strips, p, pt)) return;
        _best = new(decayMode, p, charge, tracks, strips);
    }

    private bool IsInSignalCone(Places tracks, Places strips, LorentzVector p, double pt)
    {
        double radius = SignalCone.Radius(pt), radius2 = radius * radius, eta = p.Eta, phi = p.Phi;
        for (int i = 0; i < tracks.Count; i++)
            if (Angles.DeltaR2(eta, phi, _tracks[tracks[i]].Eta, _tracks[tracks[i]].Phi) > radius2) return false;
        for (int i = 0; i < strips.Count; i++)
            if (Angles.DeltaR2(eta, phi, _strips[strips[i]].Eta, _strips[strips[i]].Phi) > radius2) return false;
        return true;
    }
}
