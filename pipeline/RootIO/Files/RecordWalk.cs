namespace TauPipeline.RootIO;

/// <summary>
/// The records of a file one after the other as they stand: what is left to go by where a file was never closed, or has lost the end
/// with the list of its keys. The way of ROOT's own recovery.
/// </summary>
internal sealed class RecordWalk
{
    // What a file keeps for itself: free space and lists of keys, parts of trees and RNTuples.
    private static readonly string[] Internal = ["", "TFile", "TBasket", "RBlob"];
    private readonly RecordReader _records;
    private readonly Dictionary<long, string> _prefixes = [];

    /// <summary>Walks from the first record to the first that is not whole.</summary>
    public RecordWalk(RecordReader records, FileHeader header)
    {
        _records = records;
        _prefixes[header.Begin] = "";
        foreach ((long offset, TKey key) in Records(header.Begin)) Add(key with { Offset = offset });
    }

    /// <summary>Objects of whole records, with their directories.</summary>
    public List<RootKey> Keys { get; } = [];

    /// <summary>Where the class descriptions stand, and their record's bytes; 0 if they are not there.</summary>
    public (long Offset, int Bytes) Infos { get; private set; }

    private void Add(TKey key)
    {
        if (key is { ClassName: "TList", Name: "StreamerInfo" }) Infos = (key.Offset, key.RecordBytes);
        else if (!Internal.Contains(key.ClassName))
        {
            var found = new RootKey(_prefixes.GetValueOrDefault(key.Directory, "") + key.Name, key);
            if (found.IsDirectory && !IsDirectory(key)) return; // its list of keys, which has the same name and class
            Keys.Add(found);
            if (found.IsDirectory) _prefixes[key.Offset] = found.Path + "/";
        }
    }

    private bool IsDirectory(TKey key)
    {
        Place place = _records.At(key.Offset, key.Name);
        return DirectoryRecord.Find(_records, [key.Offset + key.KeyBytes, key.Offset + key.NamesEnd], key.Offset, place).Self == key.Offset;
    }

    private IEnumerable<(long Offset, TKey Key)> Records(long at)
    {
        FileBytes file = _records.File;
        while (at <= file.Length - TKey.SmallestSize)
        {
            int bytes = Length(at);
            if (bytes >= TKey.SmallestSize)
            {
                if (bytes > file.Length - at || Key(at) is not { } key) yield break;
                yield return (at, key);
            }
            else if (bytes >= 0) yield break;
            at += Math.Abs((long)bytes); // below 0 for a gap
        }
    }

    private int Length(long at)
    {
        Span<byte> word = stackalloc byte[sizeof(int)];
        Place place = _records.At(at, "");
        _records.File.Read(at, word, place);
        return new RootReader(word, place).I32();
    }

    private TKey? Key(long at)
    {
        try { return _records.Key(at, ""); }
        catch (Foundation.StepFailed) { return null; }
    }
}
