using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>One text an entry, handed out as its bytes: a jagged column of uint8.</summary>
internal sealed class TextColumnReader(RootBranch branch, BasketSource source) : IColumnReader
{
    private readonly BasketCursor _cursor = new(source);
    private readonly ValueBuffer<byte> _text = new();

    public Column Read(long first, int rows)
    {
        var offsets = new int[rows + 1];
        for (int done = 0; done < rows;)
        {
            int count = _cursor.MoveTo(first + done, rows - done);
            if (!_cursor.Basket.HasOffsets) throw RootErrors.NotRead(source.Place, branch.TypeName, "its baskets do not say where entries begin");
            for (int i = 0; i < count; i++, done++)
            {
                ReadOnlySpan<int> at = _cursor.Basket.Offsets.Slice(_cursor.Entry + i, 2);
                var reader = new RootReader(_cursor.Basket.Data[at[0]..at[1]], source.Place);
                if (reader.Left > 0) reader.Skip(branch.Layout.HeadBytes);
                ReadOnlySpan<byte> text = reader.Left > 0 ? reader.StringBytes() : [];
                text.CopyTo(_text.Extend(text.Length));
                offsets[done + 1] = _text.Count;
            }
        }
        return new JaggedColumn<byte>(branch.ColumnSpec!.Name, branch.ColumnSpec.Table!, offsets, _text.Detach());
    }
}
