using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>
/// Finds candidates that come more than once in a dataset: the same (run, lumi, event, jet index, tau index) and kinematics,
/// so that files of a simulation that each count events from 1 lose nothing. The first one stays. Memory is bounded: large
/// datasets are looked at in several passes over ranges of the candidates' hash.
/// </summary>
/// <param name="memory">About how many bytes may be held.</param>
public sealed class DuplicateFinder(long memory)
{
    /// <summary>The rows of each file that repeat an earlier candidate, in order.</summary>
    /// <param name="files">Rows of each file, and how to read its batches with the columns of <see cref="CandidateColumns.Identity"/> and
    /// <see cref="CandidateColumns.Kinematics"/>.</param>
    /// <param name="cancellation">Asks it to stop.</param>
    public IReadOnlyList<long>[] Find(IReadOnlyList<(long Rows, Func<IEnumerable<Batch>> Batches)> files, CancellationToken cancellation)
    {
        var repeated = new List<long>[files.Count];
        for (int i = 0; i < repeated.Length; i++) repeated[i] = [];
        var passes = new KeyPasses(files.Sum(file => file.Rows), KeySet.BytesPerKey, memory);
        var seen = new KeySet(passes.Capacity);
        foreach (ulong pass in passes.All)
        {
            seen.Clear();
            for (int i = 0; i < files.Count; i++)
            {
                long first = 0;
                foreach (Batch batch in files[i].Batches())
                {
                    cancellation.ThrowIfCancellationRequested();
                    Look(batch, first, key => passes.Takes(key, pass), seen, repeated[i]);
                    first += batch.Rows;
                }
            }
        }
        foreach (List<long> rows in repeated) rows.Sort();
        return repeated;
    }

    private static void Look(Batch batch, long first, Func<UInt128, bool> takes, KeySet seen, List<long> repeated)
    {
        var keys = new CandidateKeys(batch);
        ReadOnlySpan<int> jet = batch.Flat<int>(CandidateColumns.JetIndex), tau = batch.Flat<int>(CandidateColumns.TauIndex);
        for (int i = 0; i < batch.Rows; i++)
        {
            UInt128 identity = keys.Candidate(i, ((ulong)(uint)jet[i] << 32) | (uint)tau[i]);
            if (takes(identity) && !seen.Add(identity)) repeated.Add(first + i);
        }
    }
}
