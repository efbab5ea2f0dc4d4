namespace TauPipeline.RootIO;

/// <summary>The head of a record: how long it is, what it holds, and under which name.</summary>
internal readonly record struct TKey(int RecordBytes, int ObjectBytes, int KeyBytes, short Cycle, long Offset, string ClassName, string Name, string Title)
{
    /// <summary>The fixed part with 32-bit positions; strings follow.</summary>
    public const int SmallestSize = 26;
    private const int LargeFiles = 1000;

    /// <summary>Bytes of the payload as stored.</summary>
    public int StoredBytes => RecordBytes - KeyBytes;

    /// <summary>There is no flag: a payload is compressed if its stored size differs.</summary>
    public bool IsCompressed => StoredBytes != ObjectBytes;

    /// <summary>Reads a key. Only baskets inside a tree's record have a key without a record of its own.</summary>
    public static TKey Read(ref RootReader reader, bool isEmbedded = false) => Read(ref reader, isEmbedded, isNamed: true);

    /// <summary>Reads a key whose names nobody asks for: the branch knows what its baskets are called.</summary>
    public static TKey ReadUnnamed(ref RootReader reader) => Read(ref reader, isEmbedded: false, isNamed: false);

    private static TKey Read(ref RootReader reader, bool isEmbedded, bool isNamed)
    {
        int start = reader.Position;
        int recordBytes = reader.I32();
        bool large = reader.I16() > LargeFiles;
        int objectBytes = reader.I32();
        reader.Skip(4);
        int keyBytes = reader.I16();
        short cycle = reader.I16();
        long offset = large ? reader.I64() : reader.I32();
        reader.Skip(large ? 8 : 4);
        var key = new TKey(recordBytes, objectBytes, keyBytes, cycle, offset, Text(ref reader, isNamed), Text(ref reader, isNamed), Text(ref reader, isNamed));
        if (keyBytes < reader.Position - start || objectBytes < 0 || recordBytes < keyBytes && !isEmbedded)
            throw RootErrors.Damaged(reader.Place, "a key", $"at least {reader.Position - start} key bytes inside its record",
                $"{keyBytes} key bytes in a record of {recordBytes}, object of {objectBytes}");
        return key;
    }

    private static string Text(ref RootReader reader, bool isWanted)
    {
        ReadOnlySpan<byte> bytes = reader.StringBytes();
        return isWanted ? RootText.Decode(bytes) : "";
    }
}
