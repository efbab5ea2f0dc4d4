using System.Runtime.InteropServices;

namespace TauPipeline.RootIO;

/// <summary>Entries of any number of values: arrays counted by another branch, and vectors with a head in each entry.</summary>
internal sealed class JaggedColumnReader<T> : IColumnReader where T : unmanaged
{
    private readonly ValueLayout _layout;
    private readonly RootColumnShape _shape;
    private readonly BasketCursor _cursor;
    private readonly EntryCounts? _counts;
    private readonly int _itemBytes;
    private readonly ValueBuffer<T> _values = new();
    private byte[] _packed = [];

    public JaggedColumnReader(RootBranch branch, BasketSource source, RecordReader records)
    {
        (_layout, _shape) = (branch.Layout, branch.Shape!);
        _itemBytes = _layout.PerItem * _layout.StoredSize;
        _cursor = new BasketCursor(source, Locate);
        if (_layout.Counts is { } counts) _counts = new EntryCounts(counts, records, branch.FullPath);
    }

    public RootColumn Read(long first, int rows)
    {
        var offsets = new int[rows + 1];
        for (int done = 0; done < rows;)
        {
            int count = _cursor.MoveTo(first + done, rows - done);
            Decode(_cursor.Basket.Offsets.Slice(_cursor.Entry, count + 1), offsets.AsSpan(done, count + 1));
            done += count;
        }
        return new RootColumn<T>(_shape, rows, [offsets], _values.Detach());
    }

    // Sets offsets[1..] from offsets[0], and appends the values of these entries.
    private void Decode(ReadOnlySpan<int> bytes, Span<int> offsets)
    {
        ReadOnlySpan<byte> data = _cursor.Basket.Data;
        long total = _values.Count + (long)(bytes[^1] - bytes[0] - (bytes.Length - 1) * _layout.HeadBytes) / _layout.StoredSize;
        if (total > Array.MaxLength) throw RootErrors.TooManyValues(_cursor.Source.Place, offsets.Length);
        for (int i = 0; i + 1 < bytes.Length; i++)
        {
            int size = bytes[i + 1] - bytes[i] - _layout.HeadBytes;
            if (size < 0 || size % _itemBytes != 0) throw Damaged(i, $"a head of {_layout.HeadBytes} bytes and values of {_itemBytes} each", $"{size + _layout.HeadBytes} bytes");
            offsets[i + 1] = offsets[i] + size / _itemBytes;
        }
        Span<T> values = _values.Extend((offsets[^1] - offsets[0]) * _layout.PerItem);
        if (_layout.HeadBytes == 0)
        {
            ColumnReaders.Decode(_layout, data[bytes[0]..], values);
            return;
        }
        // Values are moved together first and swapped all at once: entries are short, and the swap is fast on long runs only.
        int packed = 0;
        Span<byte> target = _layout.Stored == _layout.Type ? MemoryMarshal.AsBytes(values) : Packed(values.Length * _layout.StoredSize);
        for (int i = 0; i + 1 < bytes.Length; i++)
        {
            ReadOnlySpan<byte> entry = data[bytes[i]..bytes[i + 1]];
            int count = offsets[i + 1] - offsets[i];
            if (_layout.HeadBytes == VectorHead.Bytes && !VectorHead.Fits(entry, count)) throw Damaged(i, $"a vector of {count} values", VectorHead.Describe(entry));
            entry[_layout.HeadBytes..].CopyTo(target[packed..]);
            packed += entry.Length - _layout.HeadBytes;
        }
        ColumnReaders.Decode(_layout, target, values);
    }

    private Span<byte> Packed(int bytes)
    {
        if (_packed.Length < bytes) _packed = GC.AllocateUninitializedArray<byte>(bytes);
        return _packed.AsSpan(0, bytes);
    }

    // Baskets written without offsets: where entries begin follows from the branch that counts them.
    private void Locate(Basket basket)
    {
        if (basket.HasOffsets) return;
        if (_counts is null && basket.Entries > 0 && _layout.HeadBytes != VectorHead.Bytes)
            throw RootErrors.NotRead(_cursor.Source.Place, _layout.TypeName, "its baskets do not say where entries begin");
        Span<int> offsets = basket.TakeOffsets();
        offsets[0] = 0;
        if (_counts is not null) _counts.Offsets(_cursor.First, offsets, _itemBytes);
        else VectorHead.Offsets(basket.Data, offsets);
        if (offsets[^1] != basket.Data.Length)
            throw RootErrors.Damaged(_cursor.Source.Place, "a basket", $"{offsets[^1]} bytes, as its counts say", $"{basket.Data.Length}");
    }

    private Foundation.StepFailed Damaged(int entry, string expected, string found) =>
        RootErrors.Damaged(_cursor.Source.Place, $"entry {_cursor.First + _cursor.Entry + entry}", expected, found);
}
