using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Batches of fixed make-up: so many rows of each group, one group after the other, until one has no more; what then stands in the batch
/// under way is left out.
/// </summary>
/// <param name="rows">Rows of each group in a batch.</param>
/// <param name="whyNot">Why a candidate of a group is left out; <see langword="null"/> if it is not.</param>
internal sealed class FixedBatches(IReadOnlyList<int> rows, Func<int, MixCandidate, string?> whyNot) : IMixing
{
    private const string NoWholeBatch = "no whole batch any more";

    /// <summary>Whole batches so far.</summary>
    public long Batches { get; private set; }

    /// <summary>The group that ended, and how many of its rows were in the region.</summary>
    public (int Group, long Rows) Ended { get; private set; }

    /// <inheritdoc/>
    public IEnumerable<MixStep> Mix(IReadOnlyList<IEnumerator<MixCandidate>> groups)
    {
        while (true)
        {
            var batch = new List<MixStep>();
            for (int group = 0; group < groups.Count; group++)
                for (int taken = 0; taken < rows[group];)
                {
                    if (!groups[group].MoveNext())
                    {
                        Ended = (group, Batches * rows[group] + taken);
                        foreach (MixStep step in batch) yield return step with { Copies = 0, Reason = NoWholeBatch };
                        yield break;
                    }
                    MixCandidate candidate = groups[group].Current;
                    if (whyNot(group, candidate) is { } reason)
                    {
                        yield return new MixStep(group, candidate, 0, reason);
                        continue;
                    }
                    batch.Add(new MixStep(group, candidate, 1, ""));
                    taken++;
                }
            Batches++;
            foreach (MixStep step in batch) yield return step;
        }
    }
}
