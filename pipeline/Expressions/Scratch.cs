using System.Runtime.InteropServices;

namespace TauPipeline.Expressions;

/// <summary>
/// Room for the numbers of parts while expressions are worked out: what one part has no more use for is the next one's while it is
/// in the processor's cache, and what was used for a batch is used again for the next.
/// </summary>
internal sealed class Scratch
{
    private readonly List<double[]> _all = [], _free = [];

    /// <summary>Room for that many numbers; something stands in it.</summary>
    public Memory<double> Take(int count)
    {
        int at = _free.FindLastIndex(room => room.Length >= count);
        if (at < 0)
        {
            // A quarter more, for the next batch has not just as many.
            _all.Add(GC.AllocateUninitializedArray<double>(count + count / 4));
            return _all[^1].AsMemory(0, count);
        }
        Memory<double> taken = _free[at].AsMemory(0, count);
        _free.RemoveAt(at);
        return taken;
    }

    /// <summary>Gives back room that was taken; nobody may look at it any more.</summary>
    public void Give(ReadOnlyMemory<double> taken)
    {
        if (MemoryMarshal.TryGetArray(taken, out ArraySegment<double> room)) _free.Add(room.Array!);
    }

    /// <summary>Takes all room back.</summary>
    public void Restart()
    {
        _free.Clear();
        _free.AddRange(_all);
    }
}
