using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>
/// A random order within consecutive blocks of rows, so that a group can be shuffled while it streams: only one block is in
/// memory. The order of a block depends on (seed, group, block number) alone.
/// </summary>
public sealed class BlockShuffle(ulong seed, string group)
{
    private readonly ulong _key = CounterRandom.Key(seed, "block", group);

    /// <summary>A permutation of 0 to rows - 1 for one block (Fisher and Yates).</summary>
    public int[] Order(long block, int rows)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        var random = new CounterRandom(_key, (ulong)block);
        for (int i = rows - 1; i > 0; i--)
        {
            int other = random.NextInt(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
        return order;
    }
}
