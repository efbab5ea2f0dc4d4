namespace TauPipeline.RootIO;

/// <summary>Entries of equal size: a flat column, or for arrays a jagged one with the same count in each row.</summary>
internal sealed class FixedColumnReader<T> : IColumnReader where T : unmanaged
{
    private readonly ValueLayout _layout;
    private readonly RootColumnShape _shape;
    private readonly BasketCursor _cursor;
    private readonly ValueBuffer<T> _values = new();

    public FixedColumnReader(RootBranch branch, BasketSource source)
    {
        (_layout, _shape) = (branch.Layout, branch.Shape!);
        _cursor = new BasketCursor(source, Check);
    }

    public RootColumn Read(long first, int rows)
    {
        if ((long)rows * _layout.PerItem > Array.MaxLength) throw RootErrors.TooManyValues(_cursor.Source.Place, rows);
        for (int done = 0; done < rows;)
        {
            int count = _cursor.MoveTo(first + done, rows - done);
            Decode(_cursor.Basket.Data[(_cursor.Entry * _layout.EntryBytes)..], _values.Extend(count * _layout.PerItem));
            done += count;
        }
        return new RootColumn<T>(_shape, rows, [], _values.Detach());
    }

    private void Decode(ReadOnlySpan<byte> data, Span<T> values)
    {
        int leafBytes = _layout.PerItem * _layout.StoredSize;
        if (leafBytes == _layout.EntryBytes)
        {
            ColumnReaders.Decode(_layout, data, values);
            return;
        }
        for (int i = 0; i * _layout.PerItem < values.Length; i++)
            ColumnReaders.Decode(_layout, data[(i * _layout.EntryBytes + _layout.Start)..], values.Slice(i * _layout.PerItem, _layout.PerItem));
    }

    private void Check(Basket basket)
    {
        long expected = (long)basket.Entries * _layout.EntryBytes;
        if (basket.Data.Length != expected)
            throw RootErrors.Damaged(_cursor.Source.Place, "a basket", $"{expected} bytes for {basket.Entries} entries of {_layout.TypeName}", $"{basket.Data.Length}");
    }
}
