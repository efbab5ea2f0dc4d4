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
    public byte[] Payload(TKey key, long offset, string path)
    {
        Place place = At(offset, path);
        file.Require(offset, key.RecordBytes, place);
        byte[] stored = new byte[key.StoredBytes];
        file.Read(offset + key.KeyBytes, stored, place);
        if (!key.IsCompressed) return stored;
        byte[] target = [];
        CompressedBlocks.Unpack(stored, key.ObjectBytes, ref target, place);
        return target.Length == key.ObjectBytes ? target : target[..key.ObjectBytes];
    }
}
