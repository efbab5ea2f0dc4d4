namespace TauPipeline.RootIO;

/// <summary>Reads entries of several branches, batch after batch, each branch on any of the threads.</summary>
internal sealed class BatchReader
{
    private readonly string _file;
    private readonly IColumnReader[] _readers;
    private readonly int[] _largestFirst;

    public BatchReader(string file, IReadOnlyList<RootBranch> branches, IColumnReader[] readers)
    {
        (_file, _readers) = (file, readers);
        // Threads end at about the same time if the longest pieces of work are begun first.
        _largestFirst = [.. Enumerable.Range(0, readers.Length).OrderByDescending(i => branches[i].UncompressedBytes)];
    }

    public IEnumerable<RootBatch> Read(RootReadOptions options, long last)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallelism), CancellationToken = options.Cancellation };
        for (long entry = options.FirstEntry; entry < last; entry += options.BatchEntries)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            int entries = (int)Math.Min(options.BatchEntries, last - entry);
            yield return new RootBatch(_file, entry, entries, parallel.MaxDegreeOfParallelism == 1 ? InTurn(entry, entries) : AtOnce(entry, entries, parallel));
            options.Progress?.Report(entry + entries - options.FirstEntry);
        }
    }

    private RootColumn[] InTurn(long entry, int entries)
    {
        var columns = new RootColumn[_readers.Length];
        for (int i = 0; i < columns.Length; i++) columns[i] = _readers[i].Read(entry, entries);
        return columns;
    }

    private RootColumn[] AtOnce(long entry, int entries, ParallelOptions parallel)
    {
        var columns = new RootColumn[_readers.Length];
        int next = -1;
        // Each thread takes the largest branch that is left: a partitioner would hand out several at once.
        try
        {
            Parallel.For(0, Math.Min(parallel.MaxDegreeOfParallelism, columns.Length), parallel, _ =>
            {
                for (int at = Interlocked.Increment(ref next); at < columns.Length; at = Interlocked.Increment(ref next))
                    columns[_largestFirst[at]] = _readers[_largestFirst[at]].Read(entry, entries);
            });
        }
        catch (AggregateException several) when (several.InnerExceptions[0] is Foundation.StepFailed first) { throw new Foundation.StepFailed(first.Text, first); }
        return columns;
    }
}
