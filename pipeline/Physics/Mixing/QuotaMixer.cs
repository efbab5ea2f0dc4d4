using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// Takes from each group exactly its quota of each bin, at random places (Fan, Muller and Rezucha 1962: each candidate with the chance
/// wanted / left), so that no bin runs dry before the others: the sample is uniform from the first row to the last, and no quota has to
/// be given up for that, as the original's <c>ensure-uniformity</c> does. Groups are drawn by the rows they have left.
/// </summary>
public sealed class QuotaMixer : IMixing
{
    private readonly QuotaPlan _plan;
    private readonly ulong _drawKey;
    private readonly ulong[] _groupKeys;

    /// <summary>A mixer that fulfils a plan; <paramref name="seed"/> is the step's, <paramref name="job"/> names the shard.</summary>
    public QuotaMixer(QuotaPlan plan, ulong seed, string job)
    {
        _plan = plan;
        _drawKey = CounterRandom.Key(seed, "group", job);
        _groupKeys = [.. plan.Groups.Select(group => CounterRandom.Key(seed, "quota", job, group.Name))];
    }

    /// <summary>Why a candidate of a full bin is left out.</summary>
    public const string Reason = "beyond the quota of its bin";

    /// <inheritdoc/>
    public IEnumerable<MixStep> Mix(IReadOnlyList<IEnumerator<MixCandidate>> groups)
    {
        if (groups.Count != _plan.Groups.Count) throw new Defect($"{groups.Count} sources for {_plan.Groups.Count} groups");
        var draw = new WeightedDraw([.. _plan.Groups.Select(group => (double)group.Spectrum.Entries)]);
        var open = new Dictionary<(int Group, TauClass Type, int AbsEta, int Pt), (long Wanted, long Left)>();
        for (ulong number = 0; draw.Any; number++)
        {
            int group = draw.Pick(new CounterRandom(_drawKey, number).NextDouble());
            if (!groups[group].MoveNext())
            {
                draw.Remove(group);
                continue;
            }
            draw.Lower(group);
            MixCandidate candidate = groups[group].Current;
            yield return Decide(group, candidate, open);
        }
    }

    private MixStep Decide(int group, MixCandidate candidate, Dictionary<(int, TauClass, int, int), (long Wanted, long Left)> open)
    {
        Spectrum spectrum = _plan.Groups[group].Spectrum;
        if (!spectrum.AbsEta.Contains(candidate.AbsEta) || !spectrum.Pt.Contains(candidate.Pt))
            return new(group, candidate, 0, GroupMixer.Reason(MixDecision.OutsideBins));
        (int x, int y) = (spectrum.AbsEta.Find(candidate.AbsEta), spectrum.Pt.Find(candidate.Pt));
        var bin = (group, candidate.Type, x, y);
        if (!open.TryGetValue(bin, out (long Wanted, long Left) now))
            now = (_plan.Quota(group, candidate.Type, x, y), spectrum[candidate.Type][x, y]);
        double uniform = new CounterRandom(_groupKeys[group], (ulong)candidate.Entry).NextDouble();
        bool taken = uniform * Math.Max(1, now.Left) < now.Wanted;
        open[bin] = (now.Wanted - (taken ? 1 : 0), now.Left - 1);
        return new(group, candidate, taken ? 1 : 0, taken ? GroupMixer.Reason(MixDecision.Accepted) : Reason);
    }
}
