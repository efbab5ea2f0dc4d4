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
    /// <summary>When a group has given a certain share of its rows: before any is used up.</summary>
    StopAtFraction,
}

/// <summary>
/// Draws groups in proportion to their entries and thins their candidates (data-preparation 4.6.6): to the entries that they have
/// left where all are drained, so that every order is as likely as any other and no group is left over for the end; else to all, as
/// the original does. Holds no rows: each is decided on as it comes. Every decision depends on (seed, job, group, entry) alone.
/// </summary>
public sealed class GroupMixer : IMixing
{
    private readonly SpectralThinning _thinning;
    private readonly MixEnd _end;
    private readonly ulong _drawKey;
    private readonly ulong[] _groupKeys;

    /// <summary>
    /// A mixer of the groups of <paramref name="thinning"/>; <paramref name="seed"/> is the step's, <paramref name="job"/> names the
    /// shard.
    /// </summary>
    public GroupMixer(SpectralThinning thinning, ulong seed, string job, MixEnd end = MixEnd.DrainAll)
    {
        (_thinning, _end) = (thinning, end);
        _drawKey = CounterRandom.Key(seed, "group", job);
        _groupKeys = [.. thinning.Groups.Select(group => CounterRandom.Key(seed, "entry", job, group.Name))];
    }

    /// <summary>The share of its rows that a group may give (<see cref="MixEnd.StopAtFraction"/> alone).</summary>
    public double Fraction { get; init; } = 1;

    /// <summary>Into how many shards each group is cut, of which this job mixes one.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>The words of a decision, fit for the row ledger.</summary>
    public static string Reason(MixDecision decision) => decision switch
    {
        MixDecision.Accepted => "accepted",
        MixDecision.TypeNotWanted => "type not wanted in its group",
        MixDecision.ThinnedByRatio => "thinned to balance types",
        MixDecision.OutsideBins => "outside the spectrum's bins",
        _ => "thinned to flatten the spectrum",
    };

    /// <inheritdoc/>
    /// <remarks>A group's next candidate is read only when the group is drawn, and again while its type is not wanted.</remarks>
    public IEnumerable<MixStep> Mix(IReadOnlyList<IEnumerator<MixCandidate>> groups)
    {
        if (groups.Count != _thinning.Groups.Count) throw new Defect($"{groups.Count} sources for {_thinning.Groups.Count} groups");
        double[] rows = [.. _thinning.Groups.Select(group => Math.Ceiling((double)group.Spectrum.Entries / Shards))];
        var given = new long[rows.Length];
        var draw = new WeightedDraw(rows);
        for (ulong number = 0; draw.Any; number++)
        {
            int group = draw.Pick(new CounterRandom(_drawKey, number).NextDouble());
            bool wanted = false;
            while (!wanted && groups[group].MoveNext())
            {
                MixCandidate candidate = groups[group].Current;
                MixDecision decision = Decide(group, candidate);
                wanted = decision != MixDecision.TypeNotWanted;
                yield return new(group, candidate, decision == MixDecision.Accepted ? 1 : 0, Reason(decision));
            }
            if (wanted && _end == MixEnd.DrainAll) draw.Lower(group);
            if (wanted && _end == MixEnd.StopAtFraction && ++given[group] >= Fraction * rows[group]) yield break;
            if (wanted) continue;
            if (_end != MixEnd.DrainAll) yield break;
            draw.Remove(group);
        }
    }

    /// <summary>The decision on one candidate, whatever was decided before.</summary>
    public MixDecision Decide(int group, in MixCandidate candidate)
    {
        if (_thinning.Acceptance(_thinning.Groups[group].Name, candidate.Type) is not GroupAcceptance acceptance)
            return MixDecision.TypeNotWanted;
        var random = new CounterRandom(_groupKeys[group], (ulong)candidate.Entry);
        if (random.NextDouble() >= _thinning.Share(candidate.Type)) return MixDecision.ThinnedByRatio;
        if (!acceptance.Counts.X.Contains(candidate.AbsEta) || !acceptance.Counts.Y.Contains(candidate.Pt)) return MixDecision.OutsideBins;
        return random.NextDouble() < acceptance.At(candidate.AbsEta, candidate.Pt) ? MixDecision.Accepted : MixDecision.ThinnedBySpectrum;
    }
}
