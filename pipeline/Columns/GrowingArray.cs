namespace TauPipeline.Columns;

/// <summary>Values of a column that is being filled: given away without a copy when it is full, the next one begins at its size.</summary>
internal sealed class GrowingArray<T> where T : unmanaged
{
    private T[] _values = [];
    private int _lastCount;

    /// <summary>Values so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds so many values; whoever asked writes them, all of them, before anything else is added.</summary>
    public Span<T> Extend(int count)
    {
        if (_values.Length - Count < count) Grow(Count + count);
        Count += count;
        return _values.AsSpan(Count - count, count);
    }

    /// <summary>The values so far, which are nobody else's from now on; starts again from nothing.</summary>
    public ReadOnlyMemory<T> Finish()
    {
        ReadOnlyMemory<T> finished = _values.AsMemory(0, Count);
        (_values, _lastCount, Count) = ([], Count, 0);
        return finished;
    }

    private void Grow(int least)
    {
        T[] larger = GC.AllocateUninitializedArray<T>(Math.Max(least, Math.Max(_lastCount, 2 * _values.Length)));
        _values.AsSpan(0, Count).CopyTo(larger);
        _values = larger;
    }
}
