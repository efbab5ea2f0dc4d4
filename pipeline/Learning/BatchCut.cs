namespace TauPipeline.Learning;

/// <summary>What becomes of the rows that do not fill a batch at the end of an epoch.</summary>
public enum LastBatch
{
    /// <summary>
    /// All batches are equally large, give or take one row, and none larger than was asked for: no row is left out, none pulls
    /// harder.
    /// </summary>
    Even,
    /// <summary>The last batch is as short as it is; its rows pull harder than others.</summary>
    Keep,
    /// <summary>They are left out of the epoch, each epoch other ones; an epoch of less than one batch keeps them.</summary>
    Drop,
}

/// <summary>
/// How the rows of an epoch are cut into batches. The loss of a batch is a mean, so a row pulls with one part in its batch's rows.
/// </summary>
/// <param name="Size">Most rows of a batch.</param>
/// <param name="Last">What becomes of the remainder.</param>
public sealed record BatchCut(int Size, LastBatch Last)
{
    /// <summary>The rows of each batch, in turn.</summary>
    public IEnumerable<int> Sizes(long rows)
    {
        long batches = Last == LastBatch.Drop && rows >= Size ? rows / Size : (rows + Size - 1) / Size;
        for (long batch = 0; batch < batches; batch++)
            yield return Last == LastBatch.Even
                ? (int)(rows / batches + (batch < rows % batches ? 1 : 0))
                : (int)Math.Min(Size, rows - batch * Size);
    }
}
