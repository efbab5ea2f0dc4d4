namespace TauPipeline.RootIO;

/// <summary>
/// The first bytes of a file: where its root directory, its list of gaps (0 until the file is closed) and its streamer infos stand.
/// </summary>
internal sealed record FileHeader(
    int Version, long Begin, long End, int NameBytes, int Compression, long FreeOffset, long InfoOffset, int InfoBytes)
{
    public const int LargestSize = 75;
    private const int SmallestSize = 63;
    private const int LargeFiles = 1_000_000;

    public static FileHeader Read(ReadOnlySpan<byte> bytes, Place place, long length)
    {
        if (bytes.Length < SmallestSize || !bytes.StartsWith("root"u8))
            throw RootErrors.NotRoot(place.File, length, bytes[..Math.Min(bytes.Length, 16)]);
        var reader = new RootReader(bytes, place, position: 4);
        int version = reader.I32();
        bool large = version >= LargeFiles;
        long Seek(ref RootReader r) => large ? r.I64() : r.I32();
        int begin = reader.I32();
        long end = Seek(ref reader);
        long freeOffset = Seek(ref reader);
        reader.Skip(8);
        int nameBytes = reader.I32();
        reader.Skip(1);
        int compression = reader.I32();
        long infoOffset = Seek(ref reader);
        int infoBytes = reader.I32();
        if (begin < SmallestSize || nameBytes < 0)
            throw RootErrors.Damaged(
                place,
                "the file header",
                "a first record beyond it",
                $"one at {begin} with a name of {nameBytes} bytes");
        return new FileHeader(
            large ? version - LargeFiles : version,
            begin,
            end,
            nameBytes,
            compression,
            freeOffset,
            infoOffset,
            infoBytes);
    }
}
