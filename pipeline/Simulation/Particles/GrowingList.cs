namespace TauPipeline.Simulation;

/// <summary>A list of structs that are changed in place; its memory is kept when it is cleared.</summary>
internal sealed class GrowingList<T> where T : struct
{
    private T[] _items = new T[64];

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[index];

    public Span<T> Items => _items.AsSpan(0, Count);

    public Span<T> From(int first) => _items.AsSpan(first, Count - first);

    public void Clear() => Count = 0;

    public void Add(in T item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, 2 * Count);
        _items[Count++] = item;
    }

    /// <summary>Keeps the others in their order.</summary>
    public void RemoveWhere(ItemTest<T> isUnwanted)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (isUnwanted(_items[i])) continue;
            if (kept < i) _items[kept] = _items[i];
            kept++;
        }
        Count = kept;
    }
}

/// <summary>A question about an item, asked in place.</summary>
internal delegate bool ItemTest<T>(in T item) where T : struct;
