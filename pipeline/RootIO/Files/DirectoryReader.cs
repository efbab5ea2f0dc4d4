namespace TauPipeline.RootIO;

/// <summary>Lists the keys of a directory and of all directories below it, depth first, in the order they stand in the file.</summary>
internal sealed class DirectoryReader(RecordReader records)
{
    private const int RecordBytes = 42;
    private const int SmallestRecord = 30;
    private const int LargeFiles = 1000;
    private const int DeepestNesting = 64;
    private readonly HashSet<long> _visited = [];
    private long _keysLeft = records.File.Length / TKey.SmallestSize;

    /// <summary>Adds the keys of the directory whose record stands at that position.</summary>
    public void List(long offset, string prefix, List<RootKey> keys, int depth = 0)
    {
        Place place = records.At(offset, prefix.TrimEnd('/'));
        if (depth > DeepestNesting || !_visited.Add(offset)) throw RootErrors.Damaged(place, "a directory", $"one of its own, at most {DeepestNesting} deep", "one that was met before");
        long keyList = KeyListOffset(offset, place);
        if (keyList == 0) return;
        foreach (TKey key in Keys(keyList, place))
        {
            var entry = new RootKey(prefix + key.Name, key);
            keys.Add(entry);
            if (entry.IsDirectory) List(key.Offset + key.KeyBytes, entry.Path + "/", keys, depth + 1);
        }
    }

    private long KeyListOffset(long offset, Place place)
    {
        records.File.Require(offset, SmallestRecord, place);
        Span<byte> bytes = stackalloc byte[(int)Math.Min(RecordBytes, records.File.Length - offset)];
        records.File.Read(offset, bytes, place);
        var reader = new RootReader(bytes, place);
        bool large = reader.I16() > LargeFiles;
        reader.Skip(16);
        reader.Skip(large ? 16 : 8);
        return large ? reader.I64() : reader.I32();
    }

    private List<TKey> Keys(long offset, Place place)
    {
        TKey list = records.Key(offset, place.Object);
        var reader = new RootReader(records.Payload(list, offset, place.Object), records.At(offset, place.Object));
        int count = reader.Count(TKey.SmallestSize);
        // Directories that share a damaged list would else be listed in each other many times over.
        if ((_keysLeft -= count) < 0) throw RootErrors.Damaged(place, "a directory", "no more keys than the file has room for", $"{count} more");
        List<TKey> keys = [];
        for (int i = 0; i < count; i++) keys.Add(TKey.Read(ref reader));
        return keys;
    }
}
