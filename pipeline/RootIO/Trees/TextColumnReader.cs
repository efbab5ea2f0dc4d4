namespace TauPipeline.RootIO;

/// <summary>One text an entry, handed out as its bytes: a jagged column of uint8.</summary>
internal sealed class TextColumnReader : IColumnReader
{
    private readonly RootBranch _branch;
    private readonly BasketCursor _cursor;
    private readonly ValueBuffer<byte> _text = new();

    public TextColumnReader(RootBranch branch, BasketSource source)
    {
        _branch = branch;
        _cursor = new BasketCursor(source, Locate);
    }

    public RootColumn Read(long first, int rows)
    {
        var offsets = new int[rows + 1];
        for (int done = 0; done < rows;)
        {
            int count = _cursor.MoveTo(first + done, rows - done);
            for (int i = 0; i < count; i++, done++)
            {
                ReadOnlySpan<int> at = _cursor.Basket.Offsets.Slice(_cursor.Entry + i, 2);
                ReadOnlySpan<byte> text = Text(_cursor.Basket.Data[at[0]..at[1]], out _);
                text.CopyTo(_text.Extend(text.Length));
                offsets[done + 1] = _text.Count;
            }
        }
        return new RootColumn<byte>(_branch.Shape!, rows, [offsets], _text.Detach());
    }

    private ReadOnlySpan<byte> Text(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.IsEmpty) return [];
        var reader = new RootReader(bytes, _cursor.Source.Place);
        reader.Skip(_branch.Layout.HeadBytes);
        ReadOnlySpan<byte> text = reader.StringBytes();
        length = reader.Position;
        return text;
    }

    // Baskets written without offsets: each text says how long it is.
    private void Locate(Basket basket)
    {
        if (basket.HasOffsets) return;
        Span<int> offsets = basket.TakeOffsets();
        offsets[0] = 0;
        for (int i = 0; i < basket.Entries; i++)
        {
            Text(basket.Data[offsets[i]..], out int length);
            offsets[i + 1] = offsets[i] + length;
        }
    }
}
