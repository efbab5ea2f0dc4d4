namespace TauPipeline.RootIO;

/// <summary>Reads whole records (key and payload) of one file and unpacks them.</summary>
internal sealed class RecordReader(FileBytes file)
{
    // A name, a title and a class name of any sensible length; a longer key is read again in full.
    private const int UsualKeyBytes = 1024;

    public FileBytes File => file;

    public Place At(long offset, string path) => new(file.Path, offset, path);

    /// <summary>The key at that position.</summary>
    public TKey Key(long offset, string path)
    {
        Place place = At(offset, path);
        file.Require(offset, TKey.SmallestSize, place);
        Span<byte> head = stackalloc byte[16];
        file.Read(offset, head, place);
        int keyBytes = new RootReader(head, place, position: 14).I16();
        byte[] bytes = new byte[Math.Min(Math.Max(keyBytes, UsualKeyBytes), file.Length - offset)];
        file.Read(offset, bytes, place);
        var reader = new RootReader(bytes, place);
        return TKey.Read(ref reader);
    }

    /// <summary>The payload of a record, unpacked.</summary>
    public byte[] Payload(TKey key, long offset, string path) => Record(key, offset, path).Payload;

    /// <summary>
    /// The payload of a record, unpacked, and its key with the lengths that proved true. Writers state each length several times, and some
    /// leave one stale; the first statement is taken that agrees with the bytes.
    /// </summary>
    /// <param name="key">The record's key, or the copy of it in its directory.</param>
    /// <param name="offset">Where the record stands.</param>
    /// <param name="path">The object's path, for messages.</param>
    /// <param name="statedBytes">Bytes of the record as somebody else states them; 0 if nobody does.</param>
    public (TKey Key, byte[] Payload) Record(TKey key, long offset, string path, int statedBytes = 0)
    {
        Place place = At(offset, path);
        foreach (TKey reading in Readings(key, offset, path, statedBytes))
            if (
                Stored(reading, offset, place) is { } stored
                && (!reading.IsCompressed || CompressedBlocks.AddUp(stored, reading.ObjectBytes)))
                return (reading, Unpacked(reading, stored, place));
        if (!key.IsPossible) throw RootErrors.KeyDamaged(place, key);
        file.Require(offset, key.RecordBytes, place);
        return (key, Unpacked(key, Stored(key, offset, place)!, place)); // which fails, and says why
    }

    // What the lengths may be, the likeliest first.
    private IEnumerable<TKey> Readings(TKey key, long offset, string path, int statedBytes)
    {
        yield return key;
        foreach (TKey other in Others(key, statedBytes)) yield return other;
        if (file.Length - offset < TKey.SmallestSize || offset < 0) yield break;
        TKey own = Key(offset, path);
        if (own == key) yield break;
        yield return own;
        foreach (TKey other in Others(own, statedBytes)) yield return other;
    }

    private static IEnumerable<TKey> Others(TKey key, int statedBytes)
    {
        if (statedBytes > 0) yield return key with { RecordBytes = statedBytes };
        if (key.KeyBytes == key.NamesEnd) yield break;
        yield return key with { KeyBytes = key.NamesEnd };
        if (statedBytes > 0) yield return key with { KeyBytes = key.NamesEnd, RecordBytes = statedBytes };
        yield return key with { KeyBytes = key.NamesEnd, RecordBytes = key.RecordBytes + key.NamesEnd - key.KeyBytes };
    }

    private byte[]? Stored(TKey key, long offset, Place place)
    {
        if (!key.IsPossible || offset < 0 || offset > file.Length - key.RecordBytes) return null;
        byte[] stored = new byte[key.StoredBytes];
        file.Read(offset + key.KeyBytes, stored, place);
        return stored;
    }

    private static byte[] Unpacked(TKey key, byte[] stored, Place place)
    {
        if (!key.IsCompressed) return stored;
        byte[] target = [];
        CompressedBlocks.Unpack(stored, key.ObjectBytes, ref target, place);
        return target.Length == key.ObjectBytes ? target : target[..key.ObjectBytes];
    }
}
