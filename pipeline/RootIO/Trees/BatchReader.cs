using System.Runtime.ExceptionServices;

namespace TauPipeline.RootIO;

/// <summary>Reads entries of several branches, batch after batch. With several threads each basket of a batch is unpacked by any of them, and a column is made by whoever unpacks its last.</summary>
internal sealed class BatchReader(string file, IColumnReader[] readers)
{
    public IEnumerable<RootBatch> Read(RootReadOptions options, long last)
    {
        int threads = Math.Max(1, options.Parallelism);
        foreach (IColumnReader reader in readers) reader.ReusesMemory = options.ReuseMemory;
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
        List<BasketJob>[] baskets = [.. readers.Select(reader => reader.Cursor.Plan(entry, entries))];
        // Threads end at about the same time if the longest columns are begun first; their baskets stay together, and in the cache.
        int[] order = [.. Enumerable.Range(0, readers.Length).OrderByDescending(column => baskets[column].Sum(basket => (long)basket.StoredBytes))];
        (int Column, int Basket)[] work = [.. order.SelectMany(column => baskets[column].Count == 0 ? [(column, -1)] : baskets[column].Select(basket => (column, basket.Index)))];
        int[] left = [.. baskets.Select(planned => Math.Max(1, planned.Count))];
        var columns = new RootColumn[readers.Length];
        Run(work.Length, threads, i =>
        {
            (int column, int basket) = work[i];
            if (basket >= 0) readers[column].Cursor.Unpack(basket);
            if (Interlocked.Decrement(ref left[column]) == 0) columns[column] = readers[column].Read(entry, entries);
        }, cancellation);
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
        catch (AggregateException several) when (RootErrors.FirstOf(several) is { } first) { ExceptionDispatchInfo.Throw(first); }
    }
}
