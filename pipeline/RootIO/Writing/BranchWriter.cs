using System.Runtime.CompilerServices;
using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>Collects the entries of one branch into baskets, and appends each basket to the file when it is full.</summary>
internal sealed class BranchWriter(BranchPlan plan, string tree, int basketBytes, RecordWriter records) : IColumnVisitor
{
    private const int OffsetCapacity = 1000;
    private readonly RootWriter _data = new();
    private readonly RootWriter _head = new();
    private int[] _entryStarts = [], _counts = [];
    private long _flushed;
    private int _entries;

    public BranchPlan Plan => plan;

    /// <summary>A basket is full at that many bytes.</summary>
    public int BasketBytes => basketBytes;

    /// <summary>Baskets in the file: position and bytes.</summary>
    public List<(long Position, int Bytes, long FirstEntry)> Baskets { get; } = [];

    /// <summary>Entries so far.</summary>
    public long Entries => _flushed + _entries;

    public long TotalBytes { get; private set; }
    public long StoredBytes { get; private set; }

    /// <summary>The largest count, or the bytes of the longest text with its end, which readers size their buffers by.</summary>
    public int LargestCount { get; private set; } = plan.Shape == BranchShape.Text ? 1 : 0;

    public void Append(Column column) => column.Accept(this);

    /// <summary>Texts, or vectors of vectors.</summary>
    public void Append(RootColumn column)
    {
        if (_entryStarts.Length < _entries + column.Entries)
            Array.Resize(ref _entryStarts, Math.Max(2 * _entryStarts.Length, _entries + column.Entries));
        for (int entry = 0; entry < column.Entries; entry++)
        {
            _entryStarts[_entries++] = _data.Length;
            if (plan.Shape == BranchShape.Text)
                LargestCount = Math.Max(LargestCount, DeepEntries.WriteText(_data, column.TextBytes(entry)) + 1);
            else DeepEntries.WriteVectors(_data, column, entry);
            if (_data.Length >= basketBytes) Flush();
        }
    }

    /// <summary>The number of values of each row, for a branch that counts a table.</summary>
    public void AppendCounts(ReadOnlySpan<int> offsets)
    {
        int entries = Math.Max(0, offsets.Length - 1);
        if (_counts.Length < entries) _counts = GC.AllocateUninitializedArray<int>(entries);
        for (int i = 0; i < entries; i++)
        {
            _counts[i] = offsets[i + 1] - offsets[i];
            LargestCount = Math.Max(LargestCount, _counts[i]);
        }
        AppendEqual<int>(_counts.AsSpan(0, entries), 1);
    }

    void IColumnVisitor.Visit<T>(Column<T> column) => AppendEqual(column.Values, 1);

    void IColumnVisitor.Visit<T>(JaggedColumn<T> column)
    {
        if (plan.Shape == BranchShape.Fixed)
        {
            AppendEqual(column.Values, plan.Length);
            return;
        }
        ReadOnlySpan<int> offsets = column.Offsets;
        for (int row = 0; row < column.Rows;)
        {
            int end = EndOfBasket(offsets[row..], Unsafe.SizeOf<T>()) + row;
            if (plan.Shape == BranchShape.Vector) AppendVectors(column, row, end);
            else
                BigEndian.Write(
                    column.Values[offsets[row]..offsets[end]],
                    _data.Extend((offsets[end] - offsets[row]) * Unsafe.SizeOf<T>()));
            row = end;
            if (_data.Length >= basketBytes) Flush();
        }
    }

    // Notes where entries begin, up to the one that fills the basket; returns how many those are.
    private int EndOfBasket(ReadOnlySpan<int> offsets, int size)
    {
        int head = plan.Shape == BranchShape.Vector ? VectorHead.Bytes : 0, start = _data.Length, rows = offsets.Length - 1, row = 0;
        if (_entryStarts.Length < _entries + rows) Array.Resize(ref _entryStarts, Math.Max(2 * _entryStarts.Length, _entries + rows));
        Span<int> starts = _entryStarts.AsSpan(_entries);
        for (int at = start; row < rows && at < basketBytes; row++)
        {
            starts[row] = at;
            at = start + (offsets[row + 1] - offsets[0]) * size + head * (row + 1);
        }
        _entries += row;
        return row;
    }

    private void AppendVectors<T>(JaggedColumn<T> column, int first, int end) where T : unmanaged
    {
        ReadOnlySpan<int> offsets = column.Offsets;
        ReadOnlySpan<byte> values = column.Bytes;
        int size = Unsafe.SizeOf<T>(), at = offsets[first] * size;
        Span<byte> room = _data.Extend((offsets[end] - offsets[first]) * size + (end - first) * VectorHead.Bytes);
        for (int row = first; row < end; row++)
        {
            int count = offsets[row + 1] - offsets[row], bytes = count * size;
            VectorHead.Write(room, bytes, count);
            BigEndian.Swap(values.Slice(at, bytes), room[VectorHead.Bytes..], size);
            room = room[(VectorHead.Bytes + bytes)..];
            at += bytes;
        }
    }

    /// <summary>Writes what was collected as a basket, if there is anything.</summary>
    public void Flush()
    {
        if (_entries == 0) return;
        var name = new RecordName("TBasket", plan.Name, tree);
        int dataBytes = _data.Length, keyBytes = RecordWriter.KeyBytes(records.Position, name, HeadBytes);
        if (plan.HasOffsets)
        {
            Span<int> starts = _entryStarts.AsSpan(0, _entries);
            EntryOffsets.Shift(starts, keyBytes);
            _data.I32(_entries + 1);
            BigEndian.Write<int>(starts, _data.Extend(starts.Length * sizeof(int)));
            _data.I32(0);
        }
        _head.Clear();
        _head.I16(3)
            .I32(Math.Max(basketBytes, keyBytes + _data.Length))
            .I32(plan.HasOffsets ? Math.Max(OffsetCapacity, _entries + 1) : dataBytes / _entries)
            .I32(_entries).I32(keyBytes + dataBytes).U8(0);
        WrittenRecord record = records.Append(name, _head.Written, _data.Written);
        Baskets.Add((record.Position, record.RecordBytes, _flushed));
        TotalBytes += record.KeyBytes + record.ObjectBytes;
        StoredBytes += record.RecordBytes;
        _flushed += _entries;
        _entries = 0;
        _data.Clear();
    }

    // Version 2, buffer size 4, entry size 4, entries 4, last byte 4, flag 1.
    private const int HeadBytes = 19;

    private void AppendEqual<T>(ReadOnlySpan<T> values, int perEntry) where T : unmanaged
    {
        int entryBytes = perEntry * Unsafe.SizeOf<T>();
        int perBasket = Math.Max(1, basketBytes / entryBytes);
        while (!values.IsEmpty)
        {
            int entries = Math.Min(perBasket - _entries, values.Length / perEntry);
            BigEndian.Write(values[..(entries * perEntry)], _data.Extend(entries * entryBytes));
            values = values[(entries * perEntry)..];
            _entries += entries;
            if (_entries == perBasket) Flush();
        }
    }
}
