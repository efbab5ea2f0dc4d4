namespace TauPipeline.RootIO;

/// <summary>Lists the keys of a directory and of all directories below it, depth first, in the order they stand in the file.</summary>
internal sealed class DirectoryReader(RecordReader records)
{
    private const int DeepestNesting = 64;
    private readonly HashSet<long> _visited = [];
    private long _keysLeft = records.File.Length / TKey.SmallestSize;

    /// <summary>The keys of the root directory and of all below it.</summary>
    public List<RootKey> List(FileHeader header)
    {
        List<RootKey> keys = [];
        Place place = records.At(header.Begin, "");
        List(
            DirectoryRecord.Find(records, [header.Begin + header.NameBytes, .. BehindName(header.Begin)], header.Begin, place),
            "",
            keys,
            place);
        return keys;
    }

    private void List(DirectoryRecord directory, string prefix, List<RootKey> keys, Place place, int depth = 0)
    {
        if (depth > DeepestNesting || !_visited.Add(directory.Self))
            throw RootErrors.Damaged(place, "a directory", $"one of its own, at most {DeepestNesting} deep", "one that was met before");
        if (directory.Keys == 0) return;
        List<TKey> found = new KeyList(records).Read(directory, place);
        // Directories that share a damaged list would else be listed in each other many times over.
        if ((_keysLeft -= found.Count) < 0)
            throw RootErrors.Damaged(place, "a directory", "no more keys than the file has room for", $"{found.Count} more");
        foreach (TKey key in found)
        {
            var entry = new RootKey(prefix + key.Name, key);
            keys.Add(entry);
            if (!entry.IsDirectory) continue;
            Place at = records.At(key.Offset, entry.Path);
            long[] positions = [key.Offset + key.KeyBytes, key.Offset + key.NamesEnd];
            List(DirectoryRecord.Find(records, positions, key.Offset, at), entry.Path + "/", keys, at, depth + 1);
        }
    }

    // Name and title stand once more between the file's first key and the record of its root directory.
    private IEnumerable<long> BehindName(long begin)
    {
        if (begin > records.File.Length - TKey.SmallestSize) yield break;
        TKey key = records.Key(begin, "");
        foreach (int keyBytes in (int[])[key.KeyBytes, key.NamesEnd])
            yield return begin + keyBytes + key.Name.Length + key.Title.Length + 2;
    }
}
