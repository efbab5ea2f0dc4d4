namespace TauPipeline.RootIO;

/// <summary>
/// A directory's list of keys: a count, then that many keys back to back, never compressed (guide section 1.3). Its length stands in the
/// directory's record and twice in its own key; some writers leave those of the key stale, so that the keys themselves decide.
/// </summary>
internal sealed class KeyList(RecordReader records)
{
    /// <summary>The keys, up to where somebody says that they end; if nobody does, where they end by themselves.</summary>
    public List<TKey> Read(DirectoryRecord directory, Place place)
    {
        TKey own = records.Key(directory.Keys, place.Object);
        long[] ends = [directory.KeysBytes, own.RecordBytes, (long)own.KeyBytes + own.ObjectBytes];
        (List<TKey>? someEnd, Foundation.StepFailed? first) = (null, null);
        foreach (int start in (int[])[Math.Max(own.KeyBytes, own.NamesEnd), own.NamesEnd])
        {
            try
            {
                List<TKey> keys = From(directory.Keys, start, ends.Max(), place, out long end);
                if (ends.Contains(end)) return keys;
                someEnd ??= keys;
            }
            catch (Foundation.StepFailed failed) { first ??= failed; }
        }
        return someEnd ?? throw first!;
    }

    private List<TKey> From(long list, int start, long longest, Place place, out long end)
    {
        long bytes = Math.Min(longest, records.File.Length - list) - start;
        if (bytes is < sizeof(int) or > int.MaxValue) throw RootErrors.Truncated(place, list + start + sizeof(int), records.File.Length);
        byte[] content = new byte[bytes];
        records.File.Read(list + start, content, place);
        var reader = new RootReader(content, records.At(list, place.Object));
        int count = reader.Count(TKey.SmallestSize);
        List<TKey> keys = [];
        for (int i = 0; i < count; i++) keys.Add(TKey.Read(ref reader));
        end = start + reader.Position;
        return keys;
    }
}
