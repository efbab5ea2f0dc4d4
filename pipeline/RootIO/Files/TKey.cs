namespace TauPipeline.RootIO;

/// <summary>The head of a record: how long it is, what it holds, under which name, and in which directory (guide section 1.2).</summary>
/// <param name="RecordBytes">Bytes of the record with this head; below 0 for a gap.</param>
/// <param name="ObjectBytes">Bytes of the payload, unpacked.</param>
/// <param name="KeyBytes">Bytes of this head. Those of baskets are longer than their strings need.</param>
/// <param name="Cycle">Which object of that name it is: the highest is the newest.</param>
/// <param name="Offset">Position of the record in the file.</param>
/// <param name="Directory">Position of the record of the directory that it belongs to.</param>
/// <param name="ClassName">Class of the object.</param>
/// <param name="Name">Name of the object.</param>
/// <param name="Title">Title of the object.</param>
internal readonly record struct TKey(
    int RecordBytes, int ObjectBytes, int KeyBytes, short Cycle, long Offset, long Directory, string ClassName, string Name, string Title)
{
    /// <summary>The fixed part with 32-bit positions; strings follow.</summary>
    public const int SmallestSize = 26;
    private const int LargeFiles = 1000;

    /// <summary>Bytes that the head really needs, by its strings.</summary>
    public int NamesEnd { get; private init; }

    /// <summary>Bytes of the payload as stored.</summary>
    public int StoredBytes => RecordBytes - KeyBytes;

    /// <summary>There is no flag: a payload is compressed if its stored size differs.</summary>
    public bool IsCompressed => StoredBytes != ObjectBytes;

    /// <summary>Whether the lengths can be those of a record, which is not to say that they are.</summary>
    public bool IsPossible => KeyBytes >= NamesEnd && RecordBytes >= KeyBytes && ObjectBytes >= 0;

    /// <summary>Reads a key. Its lengths are what the writer says, and may contradict each other.</summary>
    public static TKey Read(ref RootReader reader) => Read(ref reader, isNamed: true);

    /// <summary>Reads a key whose names nobody asks for: the branch knows what its baskets are called.</summary>
    public static TKey ReadUnnamed(ref RootReader reader) => Read(ref reader, isNamed: false);

    private static TKey Read(ref RootReader reader, bool isNamed)
    {
        int start = reader.Position;
        int recordBytes = reader.I32();
        bool large = reader.I16() > LargeFiles;
        int objectBytes = reader.I32();
        reader.Skip(4);
        int keyBytes = reader.I16();
        short cycle = reader.I16();
        long offset = large ? reader.I64() : reader.I32(), directory = large ? reader.I64() : reader.I32();
        string className = Text(ref reader, isNamed), name = Text(ref reader, isNamed), title = Text(ref reader, isNamed);
        return new TKey(recordBytes, objectBytes, keyBytes, cycle, offset, directory, className, name, title)
        {
            NamesEnd = reader.Position - start,
        };
    }

    private static string Text(ref RootReader reader, bool isWanted)
    {
        ReadOnlySpan<byte> bytes = reader.StringBytes();
        return isWanted ? RootText.Decode(bytes) : "";
    }
}
