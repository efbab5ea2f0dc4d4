using System.Runtime.ExceptionServices;

namespace TauPipeline.RootIO;

/// <summary>
/// Reads entries of several branches, batch after batch. With several threads each takes a column and unpacks and decodes it
/// basket by basket, while they are in its cache; one that finds none left unpacks baskets for the others, then for the next batch.
/// </summary>
internal sealed class BatchReader(string file, IColumnReader[] readers)
{
    private readonly int[] _order = new int[readers.Length];
    private readonly long[] _stored = new long[readers.Length];

    public IEnumerable<RootBatch> Read(RootReadOptions options, long last)
    {
        foreach (IColumnReader reader in readers) reader.ReusesMemory = options.ReuseMemory;
        RootBatch? batch = null;
        var columns = new RootColumn[readers.Length];
        try
        {
            for (long entry = options.FirstEntry; entry < last; entry += options.BatchEntries)
            {
                options.Cancellation.ThrowIfCancellationRequested();
                int entries = (int)Math.Min(options.BatchEntries, last - entry);
                if (!options.ReuseMemory) columns = new RootColumn[readers.Length];
                if (options.Parallelism > 1) AtOnce(entry, columns, entries, Math.Min(last, entry + 2L * options.BatchEntries), options);
                else InTurn(entry, columns, entries);
                if (options.ReuseMemory && batch is not null) batch.MoveTo(entry, entries);
                else batch = new RootBatch(file, entry, entries, columns);
                yield return batch;
                options.Progress?.Report(entry + entries - options.FirstEntry);
            }
        }
        finally
        {
            foreach (IColumnReader reader in readers) reader.Release();
        }
    }

    private void InTurn(long entry, RootColumn[] columns, int entries)
    {
        for (int i = 0; i < columns.Length; i++) columns[i] = readers[i].Read(entry, entries);
    }

    private void AtOnce(long entry, RootColumn[] columns, int entries, long after, RootReadOptions options)
    {
        for (int i = 0; i < readers.Length; i++)
        {
            readers[i].Cursor.Plan(entry, entries, after);
            (_order[i], _stored[i]) = (i, -readers[i].Cursor.Left);
        }
        // The largest columns are begun first, so that little is left to share at the end.
        Array.Sort(_stored, _order);
        int next = -1, open = readers.Length;
        try
        {
            Parallel.For(
                0,
                options.Parallelism,
                new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = options.Cancellation },
                _ =>
            {
                for (int at = Interlocked.Increment(ref next); at < _order.Length; at = Interlocked.Increment(ref next))
                {
                    columns[_order[at]] = readers[_order[at]].Read(entry, entries);
                    Interlocked.Decrement(ref open);
                }
                while (Fullest() is { } cursor) cursor.Help();
                for (int i = 0; i < readers.Length && Volatile.Read(ref open) > 0;)
                    if (!readers[_order[i]].Cursor.HelpAhead()) i++;
            });
        }
        catch (AggregateException several) when (RootErrors.FirstOf(several) is { } first) { ExceptionDispatchInfo.Throw(first); }
    }

    // The column with most left to unpack.
    private BasketCursor? Fullest()
    {
        (BasketCursor? fullest, long most) = (null, 0);
        foreach (IColumnReader reader in readers)
            if (reader.Cursor.Left is var left && left > most) (fullest, most) = (reader.Cursor, left);
        return fullest;
    }
}
