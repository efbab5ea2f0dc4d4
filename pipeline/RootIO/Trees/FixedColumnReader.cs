namespace TauPipeline.RootIO;

/// <summary>Entries of equal size, numbers or fixed arrays: the entries of a basket are decoded all at once.</summary>
internal sealed class FixedColumnReader<T> : IColumnReader where T : unmanaged
{
    private readonly ValueLayout _layout;
    private readonly ColumnSlot<T> _column;
    private readonly BasketCursor _cursor;
    private readonly int _each;
    private readonly ValueBuffer<T> _values = new();
    private byte[] _packed = [];

    public FixedColumnReader(RootBranch branch, BasketSource source)
    {
        (_layout, _column, _each) = (branch.Layout, new ColumnSlot<T>(branch.Shape!), branch.Shape!.FixedLength);
        _cursor = new BasketCursor(source, Check);
    }

    public BasketCursor Cursor => _cursor;

    public bool ReusesMemory
    {
        get => _values.ReusesMemory;
        set => _values.ReusesMemory = _column.ReusesMemory = value;
    }

    public RootColumn Read(long first, int rows)
    {
        if ((long)rows * _each > Array.MaxLength) throw RootErrors.TooManyValues(_cursor.Source.Place, rows);
        for (int done = 0; done < rows;)
        {
            int count = _cursor.MoveTo(first + done, rows - done);
            if (done == 0 && count < rows) _values.Reserve(rows * _each);
            ReadOnlySpan<byte> data = _cursor.Basket.Data.Slice(_cursor.Entry * _layout.EntryBytes, count * _layout.EntryBytes);
            _layout.Coding!.Decode(IsAlone ? data : Packed(data, count), _values.Extend(count * _each));
            done += count;
        }
        return _column.Fill(rows, _values.Detach());
    }

    public void Release() => _cursor.Release();

    private int LeafBytes => _each * _layout.Coding!.Bytes;

    private bool IsAlone => LeafBytes == _layout.EntryBytes;

    // One leaf of several is gathered first, so that its values are swapped in one long run too.
    private ReadOnlySpan<byte> Packed(ReadOnlySpan<byte> data, int entries)
    {
        int bytes = LeafBytes;
        if (_packed.Length < entries * bytes) _packed = GC.AllocateUninitializedArray<byte>(entries * bytes);
        for (int i = 0; i < entries; i++) data.Slice(i * _layout.EntryBytes + _layout.Start, bytes).CopyTo(_packed.AsSpan(i * bytes));
        return _packed.AsSpan(0, entries * bytes);
    }

    private void Check(Basket basket)
    {
        long expected = (long)basket.Entries * _layout.EntryBytes;
        if (basket.Data.Length != expected)
            throw RootErrors.Damaged(
                _cursor.Place,
                "a basket",
                $"{expected} bytes for {basket.Entries} entries of {_layout.TypeName}",
                $"{basket.Data.Length}");
    }
}
