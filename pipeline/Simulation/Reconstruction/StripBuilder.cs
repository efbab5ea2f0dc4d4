using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Dynamic strips of photons and electrons (fast-simulation.md, Reconstruction; the windows are those of HPS).</summary>
internal sealed class StripBuilder
{
    private const double MinPt = 2.5;
    private const int MostMembers = 64;

    private readonly int[] _pool = new int[MostMembers];
    private readonly double[] _poolPt = new double[MostMembers];
    private int _pooled;

    public GrowingList<Strip> Strips { get; } = new();

    /// <summary>The candidate at that place of the members' bits.</summary>
    public int Candidate(int member) => _pool[member];

    public void Build(ReadOnlySpan<PfCandidate> candidates)
    {
        Strips.Clear();
        CollectHardestFirst(candidates);
        ulong used = 0;
        for (int seed = 0; seed < _pooled; seed++)
        {
            if ((used & (1UL << seed)) != 0) continue;
            Strip strip = Grow(seed, used, candidates);
            if (strip.Pt < MinPt) continue;   // its members stay free for another seed
            used |= strip.Members;
            Strips.Add(strip);
        }
    }

    private void CollectHardestFirst(ReadOnlySpan<PfCandidate> candidates)
    {
        _pooled = 0;
        for (int i = 0; i < candidates.Length; i++)
        {
            if (!candidates[i].IsInJet || !candidates[i].IsElectromagnetic || _pooled == MostMembers) continue;
            _pool[_pooled] = i;
            _poolPt[_pooled++] = -candidates[i].Pt;
        }
        Array.Sort(_poolPt, _pool, 0, _pooled);
    }

    private Strip Grow(int seed, ulong used, ReadOnlySpan<PfCandidate> candidates)
    {
        Strip strip = Start(candidates[_pool[seed]], 1UL << seed);
        for (bool grew = true; grew;)
        {
            grew = false;
            for (int i = seed + 1; i < _pooled && !grew; i++)
            {
                ulong bit = 1UL << i;
                if (((used | strip.Members) & bit) != 0 || !IsNear(strip, candidates[_pool[i]])) continue;
                strip = Join(strip, candidates[_pool[i]], bit);
                grew = true;
            }
        }
        return strip;
    }

    // 0.20 pt^-0.66 in eta and 0.35 pt^-0.71 in phi with the pt of the strip: a soft photon of pile-up must not widen a hard strip.
    private static bool IsNear(in Strip strip, in PfCandidate candidate)
    {
        double deta = Math.Abs(strip.Eta - candidate.Eta);
        if (deta > 0.15) return false;
        double dphi = Math.Abs(Angles.Wrap(strip.Phi - candidate.Phi));
        if (dphi > 0.30) return false;
        return deta < Math.Clamp(0.20 * Math.Pow(strip.Pt, -0.66), 0.05, 0.15)
            && dphi < Math.Clamp(0.35 * Math.Pow(strip.Pt, -0.71), 0.05, 0.30);
    }

    private static Strip Start(in PfCandidate candidate, ulong bit) => new(candidate.P4, candidate.Pt, candidate.Eta, candidate.Phi, bit);

    private static Strip Join(in Strip strip, in PfCandidate candidate, ulong bit)
    {
        LorentzVector p = strip.P + candidate.P4;
        return new(p, p.Pt, p.Eta, p.Phi, strip.Members | bit);
    }
}
