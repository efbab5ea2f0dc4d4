using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>Reads entries of one column of an RNTuple.</summary>
internal interface INTupleColumnReader
{
    /// <summary>The column of these entries.</summary>
    RootColumn Read(IReadOnlyList<NTuplePart> parts, int entries);
}

/// <summary>Makes the reader that fits a column's type.</summary>
internal static class NTupleColumnReaders
{
    public static INTupleColumnReader Of(RNTupleColumn column, FileBytes file) => column.Plan.Type switch
    {
        ColumnType.Bool => new NTupleColumnReader<bool>(column, file),
        ColumnType.Int8 => new NTupleColumnReader<sbyte>(column, file),
        ColumnType.UInt8 => new NTupleColumnReader<byte>(column, file),
        ColumnType.Int16 => new NTupleColumnReader<short>(column, file),
        ColumnType.UInt16 => new NTupleColumnReader<ushort>(column, file),
        ColumnType.Int32 => new NTupleColumnReader<int>(column, file),
        ColumnType.UInt32 => new NTupleColumnReader<uint>(column, file),
        ColumnType.Int64 => new NTupleColumnReader<long>(column, file),
        ColumnType.UInt64 => new NTupleColumnReader<ulong>(column, file),
        ColumnType.Float32 => new NTupleColumnReader<float>(column, file),
        _ => new NTupleColumnReader<double>(column, file),
    };
}

/// <summary>Follows the levels of a column down to its values, cluster by cluster.</summary>
internal sealed class NTupleColumnReader<T> : INTupleColumnReader where T : unmanaged
{
    private readonly RNTupleColumn _column;
    private readonly NTuplePlan _plan;
    private readonly Place _place;
    private readonly ElementReader<ulong>?[] _levels;
    private readonly ElementReader<ulong>? _ends;
    private readonly ElementReader<T>? _values;
    private readonly ValueBuffer<int>[] _offsets;
    private readonly ValueBuffer<T> _found = new();

    // The last offset of each level so far.
    private readonly int[] _last;

    public NTupleColumnReader(RNTupleColumn column, FileBytes file)
    {
        (_column, _plan, _place) = (column, column.Plan, column.Place);
        var pages = new PageReader(file, _place.Object);
        _levels = [.. _plan.Levels.Select(level => level.Ends is { } ends ? new ElementReader<ulong>(ends, pages) : null)];
        _ends = _plan.Ends is { } last ? new ElementReader<ulong>(last, pages) : null;
        _values = _plan.Values is { } values ? new ElementReader<T>(values, pages) : null;
        _offsets = [.. Enumerable.Range(0, column.Shape!.Levels).Select(_ => new ValueBuffer<int>())];
        _last = new int[_offsets.Length];
    }

    public RootColumn Read(IReadOnlyList<NTuplePart> parts, int entries)
    {
        foreach (ValueBuffer<int> offsets in _offsets) offsets.Extend(1)[0] = 0;
        Array.Clear(_last);
        foreach (NTuplePart part in parts) Read(part);
        return new RootColumn<T>(_column.Shape!, entries, [.. _offsets.Select(offsets => offsets.Detach())], _found.Detach());
    }

    private void Read(NTuplePart part)
    {
        (NTupleCluster cluster, long first, long count) = part;
        for (int level = 0; level < _levels.Length; level++)
            (first, count) = _levels[level] is { } ends
                ? Follow(ends, cluster, first, count, level)
                : Steps(_plan.Levels[level].Length, first, count, level);
        (first, count) = (Times(first, _plan.PerItem), Times(count, _plan.PerItem));
        switch (_plan.Kind)
        {
            case NTupleLeafKind.Values: _values!.Read(cluster, first, count, _found, _place); break;
            case NTupleLeafKind.Text:
                (first, count) = Follow(_ends!, cluster, first, count, _levels.Length);
                _values!.Read(cluster, first, count, _found, _place);
                break;
            default: Sizes(cluster, first, count); break;
        }
    }

    // The lists from first on: their offsets, and the range of their items.
    private (long First, long Count) Follow(ElementReader<ulong> reader, NTupleCluster cluster, long first, long count, int level)
    {
        if (count == 0) return (0, 0);
        (ReadOnlyMemory<ulong> found, ulong start) = Ends(reader, cluster, first, count);
        ReadOnlySpan<ulong> ends = found.Span;
        Span<int> offsets = _offsets[level].Extend(ends.Length);
        ulong last = start, most = (ulong)(Array.MaxLength - _last[level]);
        for (int i = 0; i < ends.Length; i++)
        {
            if (ends[i] < last || ends[i] - start > most)
                throw RootErrors.Damaged(
                    _place,
                    $"entry {cluster.FirstEntry} or after",
                    $"an end from {last} to {start + most}",
                    $"{ends[i]}");
            last = ends[i];
            offsets[i] = _last[level] + (int)(last - start);
        }
        _last[level] = offsets[^1];
        return ((long)start, (long)(last - start));
    }

    private (long First, long Count) Steps(long length, long first, long count, int level)
    {
        long end = _last[level] + Times(count, length);
        if (end > Array.MaxLength) throw RootErrors.TooManyValues(_place, (int)Math.Min(count, int.MaxValue));
        Span<int> offsets = _offsets[level].Extend((int)count);
        for (int i = 0; i < offsets.Length; i++) offsets[i] = _last[level] += (int)length;
        return (Times(first, length), Times(count, length));
    }

    private void Sizes(NTupleCluster cluster, long first, long count)
    {
        if (count == 0) return;
        (ReadOnlyMemory<ulong> found, ulong last) = Ends(_ends!, cluster, first, count);
        ReadOnlySpan<ulong> ends = found.Span;
        Span<T> sizes = _found.Extend(ends.Length);
        for (int i = 0; i < ends.Length; i++)
        {
            if (ends[i] < last || ends[i] - last > int.MaxValue)
                throw RootErrors.Damaged(_place, $"entry {cluster.FirstEntry} or after", $"an end after {last}", $"{ends[i]}");
            uint size = (uint)(ends[i] - last);
            if (typeof(T) == typeof(uint)) sizes[i] = (T)(object)size;
            else sizes[i] = (T)(object)(ulong)size;
            last = ends[i];
        }
    }

    // Ends count within the cluster; the first list begins where the one before it ends.
    private (ReadOnlyMemory<ulong> Ends, ulong Start) Ends(ElementReader<ulong> reader, NTupleCluster cluster, long first, long count)
    {
        var buffer = new ValueBuffer<ulong>();
        int before = first > 0 ? 1 : 0;
        reader.Read(cluster, first - before, count + before, buffer, _place);
        ReadOnlyMemory<ulong> ends = buffer.Detach();
        return (ends[before..], before > 0 ? ends.Span[0] : 0);
    }

    private long Times(long number, long factor) =>
        number <= long.MaxValue / factor ? number * factor : throw RootErrors.TooManyValues(_place, (int)Math.Min(number, int.MaxValue));
}
