namespace TauPipeline.RootIO;

/// <summary>Entries of any plan: nested collections, texts, maps, objects. Each is read to its last byte, or refused.</summary>
internal sealed class NestedColumnReader<T> : IColumnReader where T : unmanaged
{
    private readonly ColumnSlot<T> _column;
    private readonly string _typeName;
    private readonly BasketCursor _cursor;
    private readonly EntryCounts? _counts;
    private readonly OffsetBuffer? _outer;
    private readonly ItemBuffers<T> _buffers = new();
    private readonly ItemReader _items, _skipper;
    private int[] _countsOfRun = [];

    public NestedColumnReader(RootBranch branch, BasketSource source, RecordReader records)
    {
        ValueLayout layout = branch.Layout;
        (_column, _typeName) = (new ColumnSlot<T>(branch.Shape!), branch.TypeName);
        _cursor = new BasketCursor(source, Locate);
        if (layout.Counts is { } counts)
        {
            _counts = new EntryCounts(counts, records, branch.FullPath);
            _outer = _buffers.NextLevel();
        }
        _items = ItemReaders.Of(layout.Items!, layout.Way, _buffers);
        _skipper = ItemReaders.Of<T>(layout.Items!, layout.Way, null);
    }

    public BasketCursor Cursor => _cursor;

    public bool ReusesMemory
    {
        get => _buffers.ReusesMemory;
        set => _buffers.ReusesMemory = _column.ReusesMemory = value;
    }

    public RootColumn Read(long first, int rows)
    {
        for (int done = 0; done < rows;)
        {
            int count = _cursor.MoveTo(first + done, rows - done);
            ReadRun(count);
            done += count;
        }
        for (int level = 0; level < _buffers.Levels.Count; level++) _column.Offsets[level] = _buffers.Levels[level].Detach();
        return _column.Fill(rows, _buffers.Values.Detach());
    }

    public void Release()
    {
        _cursor.Release();
        _counts?.Release();
    }

    private void ReadRun(int entries)
    {
        ReadOnlySpan<int> counts = CountsOf(_cursor.First + _cursor.Entry, entries);
        ReadOnlySpan<int> offsets = _cursor.Basket.Offsets.Slice(_cursor.Entry, entries + 1);
        for (int i = 0; i < entries; i++)
        {
            var reader = new RootReader(_cursor.Basket.Data[..offsets[i + 1]], _cursor.Place, offsets[i]);
            int items = _counts is null ? 1 : counts[i];
            if (reader.Left > 0 || items > 0) _items.Read(ref reader, items);
            _outer?.Add(items, _cursor.Place);
            if (reader.Left > 0)
                throw RootErrors.Damaged(
                    _cursor.Place,
                    $"entry {_cursor.First + _cursor.Entry + i}",
                    $"a {_typeName} of {offsets[i + 1] - offsets[i]} bytes",
                    $"one that ends {reader.Left} bytes before");
        }
    }

    private ReadOnlySpan<int> CountsOf(long first, int entries)
    {
        if (_counts is null) return [];
        if (_countsOfRun.Length < entries) _countsOfRun = new int[entries];
        _counts.Read(first, _countsOfRun.AsSpan(0, entries));
        return _countsOfRun.AsSpan(0, entries);
    }

    // Baskets written without offsets: each entry says how long it is.
    private void Locate(Basket basket)
    {
        if (basket.HasOffsets) return;
        if (basket.Entries > Basket.MostEntriesWithoutOffsets || _counts is null && basket.Entries > basket.Data.Length)
            throw RootErrors.Damaged(_cursor.Place, "a basket", $"entries within {basket.Data.Length} bytes", $"{basket.Entries} entries");
        ReadOnlySpan<int> counts = CountsOf(_cursor.First, basket.Entries);
        Span<int> offsets = basket.TakeOffsets();
        var reader = new RootReader(basket.Data, _cursor.Place);
        offsets[0] = 0;
        for (int i = 0; i < basket.Entries; i++)
        {
            if (_counts is null || counts[i] > 0) _skipper.Read(ref reader, _counts is null ? 1 : counts[i]);
            offsets[i + 1] = reader.Position;
        }
        if (reader.Left > 0)
            throw RootErrors.Damaged(
                _cursor.Place,
                "a basket",
                $"{basket.Entries} entries up to byte {basket.Data.Length}",
                $"their end at byte {reader.Position}");
    }
}
