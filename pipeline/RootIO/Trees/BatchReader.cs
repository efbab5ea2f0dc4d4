using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>Reads entries of several branches, batch after batch. With several threads all baskets of a batch are unpacked first, each by any thread, then its columns.</summary>
internal sealed class BatchReader(string file, IColumnReader[] readers)
{
    public IEnumerable<RootBatch> Read(RootReadOptions options, long last)
    {
        int threads = Math.Max(1, options.Parallelism);
        for (long entry = options.FirstEntry; entry < last; entry += options.BatchEntries)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            int entries = (int)Math.Min(options.BatchEntries, last - entry);
            yield return new RootBatch(file, entry, entries, threads == 1 ? InTurn(entry, entries) : AtOnce(entry, entries, threads, options.Cancellation));
            options.Progress?.Report(entry + entries - options.FirstEntry);
        }
    }

    private RootColumn[] InTurn(long entry, int entries)
    {
        var columns = new RootColumn[readers.Length];
        for (int i = 0; i < columns.Length; i++) columns[i] = readers[i].Read(entry, entries);
        return columns;
    }

    private RootColumn[] AtOnce(long entry, int entries, int threads, CancellationToken cancellation)
    {
        List<BasketJob> jobs = [];
        foreach (IColumnReader reader in readers) reader.Cursor.Plan(entry, entries, jobs);
        // Threads end at about the same time if the longest pieces of work are begun first.
        jobs.Sort((a, b) => b.StoredBytes.CompareTo(a.StoredBytes));
        Run(jobs.Count, threads, i => jobs[i].Cursor.Unpack(jobs[i].Index), cancellation);
        var columns = new RootColumn[readers.Length];
        Run(columns.Length, threads, i => columns[i] = readers[i].Read(entry, entries), cancellation);
        return columns;
    }

    // Each thread takes the next piece that is left; a partitioner would hand out several at once.
    private static void Run(int pieces, int threads, Action<int> work, CancellationToken cancellation)
    {
        int next = -1;
        threads = Math.Min(threads, pieces);
        if (threads == 0) return;
        try
        {
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, _ =>
            {
                for (int at = Interlocked.Increment(ref next); at < pieces; at = Interlocked.Increment(ref next)) work(at);
            });
        }
        catch (AggregateException several) when (several.InnerExceptions[0] is StepFailed first) { throw new StepFailed(first.Text, first); }
    }
}
