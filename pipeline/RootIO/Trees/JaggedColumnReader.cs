using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TauPipeline.RootIO;

/// <summary>Entries of any number of numbers: arrays counted by another branch, and vectors with a head in each entry.</summary>
internal sealed class JaggedColumnReader<T> : IColumnReader where T : unmanaged
{
    private readonly ColumnSlot<T> _column;
    private readonly NumberCoding _coding;
    private readonly string _typeName;
    private readonly BasketCursor _cursor;
    private readonly EntryCounts? _counts;
    private readonly int _each, _headBytes, _itemBytes, _itemShift;
    private readonly ValueBuffer<T> _values = new();
    private readonly ValueBuffer<int> _offsets = new();
    private byte[] _packed = [];

    public JaggedColumnReader(RootBranch branch, BasketSource source, RecordReader records)
    {
        ValueLayout layout = branch.Layout;
        (_column, _each, _coding, _headBytes, _typeName) = (
            new ColumnSlot<T>(branch.Shape!),
            branch.Shape!.FixedLength,
            layout.Coding!,
            layout.HeadBytes,
            branch.TypeName);
        _itemBytes = _each * _coding.Bytes;
        _itemShift = BitOperations.IsPow2(_itemBytes) ? BitOperations.Log2((uint)_itemBytes) : -1;
        _cursor = new BasketCursor(source, Locate);
        if (layout.Counts is { } counts) _counts = new EntryCounts(counts, records, branch.FullPath);
    }

    public BasketCursor Cursor => _cursor;

    public bool ReusesMemory
    {
        get => _values.ReusesMemory;
        set => _values.ReusesMemory = _offsets.ReusesMemory = _column.ReusesMemory = value;
    }

    public RootColumn Read(long first, int rows)
    {
        Span<int> offsets = _offsets.Extend(rows + 1);
        offsets[0] = 0;
        for (int done = 0; done < rows;)
        {
            int count = _cursor.MoveTo(first + done, rows - done);
            Decode(_cursor.Basket.Offsets.Slice(_cursor.Entry, count + 1), offsets.Slice(done, count + 1));
            if (done == 0 && count < rows) _values.Reserve((int)Math.Min(int.MaxValue, (long)_values.Count * rows / count + rows));
            done += count;
        }
        _column.Offsets[0] = _offsets.Detach();
        return _column.Fill(rows, _values.Detach());
    }

    public void Release()
    {
        _cursor.Release();
        _counts?.Release();
    }

    // Sets offsets[1..] from offsets[0], and appends the values of these entries.
    private void Decode(ReadOnlySpan<int> bytes, Span<int> offsets)
    {
        Count(bytes, offsets);
        int items = offsets[^1] - offsets[0];
        if (items > (Array.MaxLength - _values.Count) / _each) throw RootErrors.TooManyValues(_cursor.Place, offsets.Length);
        Span<T> values = _values.Extend(items * _each);
        ReadOnlySpan<byte> data = _cursor.Basket.Data;
        if (_headBytes == 0) _coding.Decode(data[bytes[0]..], values);
        else _coding.Decode(Packed(data, bytes, offsets, values), values);
    }

    private void Count(ReadOnlySpan<int> bytes, Span<int> offsets)
    {
        if (_headBytes == 0 && _itemShift >= 0 && TryCount(bytes, offsets)) return;
        int end = offsets[0], head = _headBytes, shift = _itemShift, item = _itemBytes;
        for (int i = 0; i + 1 < bytes.Length && i + 1 < offsets.Length; i++)
        {
            int size = bytes[i + 1] - bytes[i] - head;
            int items = shift >= 0 ? size >> shift : size / item;
            if (size < 0 || items * item != size)
                throw Damaged(i, $"a head of {head} bytes and values of {item} each", $"{size + head} bytes");
            offsets[i + 1] = end += items;
        }
    }

    // Many entries at once, where sizes are shifts. False if an entry is no whole number of items: the caller finds which.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryCount(ReadOnlySpan<int> bytes, Span<int> offsets)
    {
        int from = bytes[0], start = offsets[0], uneven = 0, at = 1, entries = Math.Min(bytes.Length, offsets.Length);
        Vector<int> unevens = default;
        for (int width = Vector<int>.Count; at <= entries - width; at += width)
        {
            Vector<int> sizes = new Vector<int>(bytes[at..]) - new Vector<int>(from);
            unevens |= sizes;
            (Vector.ShiftRightArithmetic(sizes, _itemShift) + new Vector<int>(start)).CopyTo(offsets[at..]);
        }
        for (; at < entries; at++)
        {
            uneven |= bytes[at] - from;
            offsets[at] = ((bytes[at] - from) >> _itemShift) + start;
        }
        for (int i = 0; i < Vector<int>.Count; i++) uneven |= unevens[i];
        return (uneven & (_itemBytes - 1)) == 0;
    }

    // Values are moved together first and swapped all at once: entries are short, and the swap is fast on long runs only.
    private ReadOnlySpan<byte> Packed(ReadOnlySpan<byte> data, ReadOnlySpan<int> bytes, ReadOnlySpan<int> offsets, Span<T> values)
    {
        Span<byte> target = _coding.Form == NumberForm.Plain ? MemoryMarshal.AsBytes(values) : Room(values.Length * _coding.Bytes);
        int packed = 0;
        for (int i = 0; i + 1 < bytes.Length; i++)
        {
            ReadOnlySpan<byte> entry = data[bytes[i]..bytes[i + 1]];
            int count = offsets[i + 1] - offsets[i];
            if (_headBytes == VectorHead.Bytes && !VectorHead.Fits(entry, count))
                throw Damaged(i, $"a vector of {count} values", VectorHead.Describe(entry));
            entry[_headBytes..].CopyTo(target[packed..]);
            packed += entry.Length - _headBytes;
        }
        return target[..packed];
    }

    private Span<byte> Room(int bytes)
    {
        if (_packed.Length < bytes) _packed = GC.AllocateUninitializedArray<byte>(bytes);
        return _packed.AsSpan(0, bytes);
    }

    // Baskets written without offsets: where entries begin follows from the branch that counts them.
    private void Locate(Basket basket)
    {
        if (basket.HasOffsets) return;
        if (_counts is null && basket.Entries > 0 && _headBytes != VectorHead.Bytes)
            throw RootErrors.NotRead(_cursor.Place, _typeName, "its baskets do not say where entries begin");
        if (basket.Entries > Basket.MostEntriesWithoutOffsets)
            throw RootErrors.Damaged(_cursor.Place, "a basket", $"at most {Basket.MostEntriesWithoutOffsets} entries", $"{basket.Entries}");
        Span<int> offsets = basket.TakeOffsets();
        offsets[0] = 0;
        if (_counts is null) VectorHead.Offsets(basket.Data, offsets);
        else
        {
            _counts.Read(_cursor.First, offsets[1..]);
            long end = 0;
            for (int i = 1; i < offsets.Length; i++) offsets[i] = (int)Math.Min(int.MaxValue, end += (long)offsets[i] * _itemBytes);
        }
        if (offsets[^1] != basket.Data.Length)
            throw RootErrors.Damaged(_cursor.Place, "a basket", $"{offsets[^1]} bytes, as its counts say", $"{basket.Data.Length}");
    }

    private Foundation.StepFailed Damaged(int entry, string expected, string found) =>
        RootErrors.Damaged(_cursor.Place, $"entry {_cursor.First + _cursor.Entry + entry}", expected, found);
}
