namespace TauPipeline.RootIO;

/// <summary>
/// The number of elements of each entry, from the branch that counts them. Its baskets end at other entries than those it counts for.
/// </summary>
internal sealed class EntryCounts
{
    private readonly BasketCursor _cursor;
    private readonly NumberCoding _coding;

    public EntryCounts(BranchRecord branch, RecordReader records, string countedPath)
    {
        _coding =
            branch.Leaves is [LeafRecord leaf] && ElementTypes.OfLeaf(leaf) is { } known
                ? known
                : NumberCoding.Plain(Columns.ColumnType.Int32);
        _cursor = new BasketCursor(new BasketSource(records, branch, $"{branch.Name} (counts {countedPath})"));
        if (_coding.Form != NumberForm.Plain || _coding.Type is Columns.ColumnType.Float32 or Columns.ColumnType.Float64)
            throw RootErrors.Damaged(_cursor.Source.Place, "a branch of counts", "whole numbers", Columns.ColumnTypes.Name(_coding.Type));
    }

    /// <summary>The counts of the entries from that one on.</summary>
    public void Read(long first, Span<int> counts)
    {
        int size = _coding.Bytes;
        for (int done = 0; done < counts.Length;)
        {
            int available = _cursor.MoveTo(first + done, counts.Length - done);
            if (_cursor.Basket.Data.Length != (long)_cursor.Basket.Entries * size)
                throw RootErrors.Damaged(
                    _cursor.Place,
                    "a basket of counts",
                    $"{_cursor.Basket.Entries} counts of {size} bytes",
                    $"{_cursor.Basket.Data.Length} bytes");
            ReadOnlySpan<byte> stored = _cursor.Basket.Data.Slice(_cursor.Entry * size, available * size);
            Span<int> run = counts.Slice(done, available);
            if (size == sizeof(int)) BigEndian.Read(stored, run);
            else
                for (int i = 0; i < run.Length; i++) run[i] = Count(stored.Slice(i * size, size));
            int wrong = run.IndexOfAnyExceptInRange(0, int.MaxValue);
            if (wrong >= 0)
                throw RootErrors.Damaged(_cursor.Place, $"the count of entry {first + done + wrong}", "0 or more", $"{run[wrong]}");
            done += available;
        }
    }

    /// <summary>Gives the memory of baskets back.</summary>
    public void Release() => _cursor.Release();

    // A count beyond int is as wrong as a negative one: both are found by what follows.
    private int Count(ReadOnlySpan<byte> bytes)
    {
        long value = (bytes[0] & 0x80) != 0 && IsSigned ? -1 : 0;
        foreach (byte digit in bytes) value = value << 8 | digit;
        return value is < 0 or > int.MaxValue ? -1 : (int)value;
    }

    private bool IsSigned =>
        _coding.Type is Columns.ColumnType.Int8 or Columns.ColumnType.Int16 or Columns.ColumnType.Int32 or Columns.ColumnType.Int64;
}
