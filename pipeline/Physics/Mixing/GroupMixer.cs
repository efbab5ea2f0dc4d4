using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>What mixing decided about a candidate.</summary>
public enum MixDecision
{
    /// <summary>It goes on.</summary>
    Accepted,
    /// <summary>Its group does not deliver its type.</summary>
    TypeNotWanted,
    /// <summary>It was left out to balance the types.</summary>
    ThinnedByRatio,
    /// <summary>It lies outside the bins.</summary>
    OutsideBins,
    /// <summary>It was left out to flatten the spectrum.</summary>
    ThinnedBySpectrum,
}

/// <summary>When mixing ends.</summary>
public enum MixEnd
{
    /// <summary>When every group is used up.</summary>
    DrainAll,
    /// <summary>When the group that was drawn is used up, as the original program does.</summary>
    StopAtFirstExhausted,
}

/// <summary>One candidate of a group, as far as mixing looks at it.</summary>
/// <param name="Entry">Its number in the group; random decisions depend on it, not on when it is read.</param>
/// <param name="Type">Truth class.</param>
/// <param name="AbsEta">Absolute pseudorapidity.</param>
/// <param name="Pt">Transverse momentum, GeV.</param>
public readonly record struct MixCandidate(long Entry, TauClass Type, double AbsEta, double Pt);

/// <summary>One decision: which entry of which group, and what becomes of it.</summary>
public readonly record struct MixStep(int Group, MixCandidate Candidate, MixDecision Decision);

/// <summary>
/// Draws groups in proportion to their entries and thins their candidates (data-preparation 4.6.6). Holds no rows: the
/// caller streams them and writes those accepted. Every decision depends on (seed, job, group, entry) alone.
/// </summary>
public sealed class GroupMixer
{
    private readonly SpectralThinning _thinning;
    private readonly ulong _drawKey;
    private readonly ulong[] _groupKeys;

    /// <summary>A mixer of the groups of <paramref name="thinning"/>; <paramref name="seed"/> is the step's, <paramref name="job"/> names the shard.</summary>
    public GroupMixer(SpectralThinning thinning, ulong seed, string job)
    {
        _thinning = thinning;
        _drawKey = CounterRandom.Key(seed, "group", job);
        _groupKeys = [.. thinning.Groups.Select(group => CounterRandom.Key(seed, "entry", job, group.Name))];
    }

    /// <summary>The words of a decision, fit for the row ledger.</summary>
    public static string Reason(MixDecision decision) => decision switch
    {
        MixDecision.Accepted => "accepted",
        MixDecision.TypeNotWanted => "type not wanted in its group",
        MixDecision.ThinnedByRatio => "thinned to balance types",
        MixDecision.OutsideBins => "outside the spectrum's bins",
        _ => "thinned to flatten the spectrum",
    };

    /// <summary>
    /// All decisions in the order of the output. <paramref name="sources"/> are the candidates of each group in reading order;
    /// a group's next candidate is read only when the group is drawn, and again while its type is not wanted.
    /// </summary>
    public IEnumerable<MixStep> Mix(IReadOnlyList<IEnumerator<MixCandidate>> sources, MixEnd end = MixEnd.DrainAll)
    {
        if (sources.Count != _thinning.Groups.Count) throw new Defect($"{sources.Count} sources for {_thinning.Groups.Count} groups");
        var draw = new WeightedDraw([.. _thinning.Groups.Select(group => (double)group.Spectrum.Entries)]);
        for (ulong number = 0; draw.Any; number++)
        {
            int group = draw.Pick(new CounterRandom(_drawKey, number).NextDouble());
            bool wanted = false;
            while (!wanted && sources[group].MoveNext())
            {
                MixCandidate candidate = sources[group].Current;
                MixDecision decision = Decide(group, candidate);
                wanted = decision != MixDecision.TypeNotWanted;
                yield return new(group, candidate, decision);
            }
            if (wanted) continue;
            if (end == MixEnd.StopAtFirstExhausted) yield break;
            draw.Remove(group);
        }
    }

    /// <summary>The decision on one candidate, whatever was decided before.</summary>
    public MixDecision Decide(int group, in MixCandidate candidate)
    {
        if (_thinning.Acceptance(_thinning.Groups[group].Name, candidate.Type) is not GroupAcceptance acceptance) return MixDecision.TypeNotWanted;
        var random = new CounterRandom(_groupKeys[group], (ulong)candidate.Entry);
        if (random.NextDouble() >= _thinning.Share(candidate.Type)) return MixDecision.ThinnedByRatio;
        if (!acceptance.Counts.X.Contains(candidate.AbsEta) || !acceptance.Counts.Y.Contains(candidate.Pt)) return MixDecision.OutsideBins;
        return random.NextDouble() < acceptance.At(candidate.AbsEta, candidate.Pt) ? MixDecision.Accepted : MixDecision.ThinnedBySpectrum;
    }
}
