namespace TauPipeline.RootIO;

/// <summary>The stored columns of a field that hold the same elements: one of them has pages in each cluster.</summary>
/// <param name="Columns">One column for each representation.</param>
/// <param name="PerEntry">Elements an entry has always (product of the arrays around); 0 where collections decide.</param>
internal sealed record ElementColumns(IReadOnlyList<NTupleColumnRecord> Columns, long PerEntry);

/// <summary>Reads ranges of the elements of one column within a cluster; keeps the last page it unpacked.</summary>
internal sealed class ElementReader<T>(ElementColumns columns, PageReader pages) where T : unmanaged
{
    // Values that no page holds cost no byte in the file, so a file must not ask for any number of them.
    private const int MostZeros = 1 << 24;
    private T[] _page = [];
    private long _pageOffset = -1;
    private int _pageElements;

    /// <summary>Appends the elements from <paramref name="first"/> on, counted within the cluster.</summary>
    public void Read(NTupleCluster cluster, long first, long count, ValueBuffer<T> target, Place place)
    {
        if (count == 0) return;
        (NTupleColumnRecord column, NTupleColumnPages found) = Active(cluster, place);
        long zeros = column.IsDeferred && columns.PerEntry > 0 ? Math.Max(0, cluster.Entries * columns.PerEntry - found.Elements) : 0;
        if (first < 0 || count < 0 || first > zeros + found.Elements - count)
            throw RootErrors.Damaged(place, "a cluster", $"elements {first} to {first + count}", $"{zeros + found.Elements}");
        if (first < zeros) AppendZeros(Math.Min(count, zeros - first), target, place);
        long from = Math.Max(0, first - zeros), end = first + count - zeros, start = 0;
        foreach (NTuplePage page in found.Pages)
        {
            if (start >= end) break;
            long begin = Math.Max(from, start), stop = Math.Min(end, start + page.Elements);
            if (begin < stop) Append(page, column, (int)(begin - start), (int)(stop - begin), target);
            start += page.Elements;
        }
    }

    private (NTupleColumnRecord Column, NTupleColumnPages Pages) Active(NTupleCluster cluster, Place place)
    {
        foreach (NTupleColumnRecord column in columns.Columns)
            if (cluster.PagesOf(column.Id) is { IsSuppressed: false } found) return (column, found);
        throw RootErrors.Damaged(place, "a cluster", "pages in one of the field's representations", "all suppressed");
    }

    private void AppendZeros(long count, ValueBuffer<T> target, Place place)
    {
        if (count > MostZeros - target.Count) throw RootErrors.TooManyValues(place, (int)Math.Min(count, int.MaxValue));
        target.Extend((int)count).Clear();
    }

    private void Append(NTuplePage page, NTupleColumnRecord column, int skip, int count, ValueBuffer<T> target)
    {
        Place place = pages.At(page);
        if (count > Array.MaxLength - target.Count) throw RootErrors.TooManyValues(place, count);
        if (skip == 0 && count == page.Elements && _pageOffset != page.Locator.Offset)
        {
            ReadOnlySpan<byte> whole = pages.Read(page, column);
            PageDecoder.Decode(column, whole, target.Extend(count), place);
            return;
        }
        if (_pageOffset != page.Locator.Offset || _pageElements != page.Elements) Keep(page, column, place);
        _page.AsSpan(skip, count).CopyTo(target.Extend(count));
    }

    private void Keep(NTuplePage page, NTupleColumnRecord column, Place place)
    {
        ReadOnlySpan<byte> bytes = pages.Read(page, column);
        if (_page.Length < page.Elements) _page = GC.AllocateUninitializedArray<T>(page.Elements);
        _pageOffset = -1;
        PageDecoder.Decode(column, bytes, _page.AsSpan(0, page.Elements), place);
        (_pageOffset, _pageElements) = (page.Locator.Offset, page.Elements);
    }
}
