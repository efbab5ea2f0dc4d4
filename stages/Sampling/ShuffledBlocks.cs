using TauPipeline.Columns;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Rows in consecutive blocks, those of a block in random order: how a sample is shuffled that no memory holds. One block is held.
/// </summary>
/// <param name="shuffle">Gives the order of a block.</param>
/// <param name="held">Is told by how many bytes the block in memory is larger than the one before.</param>
internal sealed class ShuffledBlocks(BlockShuffle shuffle, Action<long> held)
{
    /// <summary>All rows.</summary>
    /// <param name="blocks">The blocks, each in pieces.</param>
    /// <param name="number">The number of the first block.</param>
    /// <param name="rowsOf">The rows of a piece, in order.</param>
    public IEnumerable<T> Rows<T>(IEnumerable<IEnumerable<Batch>> blocks, long number, Func<Batch, T[]> rowsOf)
    {
        long bytes = 0;
        foreach (IEnumerable<Batch> pieces in blocks)
        {
            var block = new List<T>();
            long before = bytes;
            bytes = 0;
            foreach (Batch piece in pieces)
            {
                block.AddRange(rowsOf(piece));
                bytes += piece.Bytes;
            }
            held(bytes - before);
            foreach (int row in shuffle.Order(number++, block.Count)) yield return block[row];
        }
        held(-bytes);
    }
}
