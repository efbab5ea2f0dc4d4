namespace TauPipeline.RootIO;

/// <summary>Which entries are read, and how.</summary>
public sealed record RootReadOptions
{
    /// <summary>All entries, in batches of 65,536, on one thread.</summary>
    public static RootReadOptions All { get; } = new();

    /// <summary>The first entry, from 0.</summary>
    public long FirstEntry { get; init; }

    /// <summary>The entry after the last; null for all.</summary>
    public long? LastEntry { get; init; }

    /// <summary>Most entries a batch.</summary>
    public int BatchEntries { get; init; } = 65536;

    /// <summary>
    /// Whether a batch and its columns are valid only until the next batch is asked for, which is the same objects filled anew: a read
    /// of any number of entries allocates no more than one batch. For loops that keep no column; RNTuples take new memory all the same.
    /// </summary>
    public bool ReuseMemory { get; init; }

    /// <summary>
    /// Threads that unpack baskets and make columns (of RNTuples: columns) at the same time. Values do not depend on it. With more than
    /// one,
    /// baskets are unpacked ahead of their use, up to all that this batch and the next touch: memory then grows with
    /// <see cref="BatchEntries"/> by the
    /// unpacked baskets as well as by the columns.
    /// </summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Is asked before each batch.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Is told after each batch how many entries have been read so far, of this call.</summary>
    public IProgress<long>? Progress { get; init; }
}
