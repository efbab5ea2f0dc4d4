using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>The number of elements of each entry, from the branch that counts them. Its baskets end at other entries than those it counts for.</summary>
internal sealed class EntryCounts
{
    private readonly BasketCursor _cursor;
    private readonly ColumnType _type;

    public EntryCounts(BranchRecord branch, RecordReader records, string countedPath)
    {
        _type = branch.Leaves is [LeafRecord leaf] && ElementTypes.OfLeaf(leaf) is { } known ? known.Stored : ColumnType.Int32;
        _cursor = new BasketCursor(new BasketSource(records, branch, $"{branch.Name} (counts {countedPath})"));
    }

    /// <summary>Adds up byte offsets of entries that begin at <paramref name="first"/>; offsets[0] is given.</summary>
    public void Offsets(long first, Span<int> offsets, int itemBytes)
    {
        int size = ColumnTypes.Size(_type);
        for (int done = 0; done < offsets.Length - 1;)
        {
            int available = _cursor.MoveTo(first + done, offsets.Length - 1 - done);
            if (_cursor.Basket.Data.Length != (long)_cursor.Basket.Entries * size)
                throw RootErrors.Damaged(_cursor.Source.Place, "a basket of counts", $"{_cursor.Basket.Entries} counts of {size} bytes", $"{_cursor.Basket.Data.Length} bytes");
            for (int i = 0; i < available; i++, done++)
            {
                long next = offsets[done] + Count(_cursor.Basket.Data.Slice((_cursor.Entry + i) * size, size)) * itemBytes;
                if (next < offsets[done] || next > int.MaxValue) throw RootErrors.Damaged(_cursor.Source.Place, $"the count of entry {first + done}", "0 or more", $"{(next - offsets[done]) / itemBytes}");
                offsets[done + 1] = (int)next;
            }
        }
    }

    private long Count(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (byte digit in bytes) value = value << 8 | digit;
        int unused = 64 - 8 * bytes.Length;
        bool unsigned = _type is ColumnType.UInt8 or ColumnType.UInt16 or ColumnType.UInt32 or ColumnType.UInt64 or ColumnType.Bool;
        return unsigned || unused == 0 ? Math.Min(value, int.MaxValue) : Math.Min(value << unused >> unused, int.MaxValue);
    }
}
