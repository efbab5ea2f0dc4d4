namespace TauPipeline.RootIO;

/// <summary>The record of a directory: where its list of keys stands (guide section 1.3).</summary>
/// <param name="KeysBytes">Bytes of the list's record.</param>
/// <param name="Self">Position of the directory's own record: what its objects name as theirs.</param>
/// <param name="Keys">Position of the list's record; 0 while there is none.</param>
internal readonly record struct DirectoryRecord(int KeysBytes, long Self, long Keys)
{
    private const int SmallestSize = 30, LargestSize = 42;
    private const int LargeFiles = 1000;

    /// <summary>
    /// The record at the first of these positions where one stands that knows itself by that place; else what stands at the first.
    /// </summary>
    public static DirectoryRecord Find(RecordReader records, IEnumerable<long> positions, long self, Place place)
    {
        DirectoryRecord? first = null;
        foreach (long position in positions)
        {
            if (first is not null && (position < 0 || position > records.File.Length - SmallestSize)) continue;
            DirectoryRecord found = Read(records, position, place);
            if (found.Self == self) return found;
            first ??= found;
        }
        return first ?? throw RootErrors.Damaged(place, "a directory", "a record", "none");
    }

    private static DirectoryRecord Read(RecordReader records, long position, Place place)
    {
        records.File.Require(position, SmallestSize, place);
        Span<byte> bytes = stackalloc byte[(int)Math.Min(LargestSize, records.File.Length - position)];
        records.File.Read(position, bytes, place);
        var reader = new RootReader(bytes, place);
        bool large = reader.I16() > LargeFiles;
        long Seek(ref RootReader r) => large ? r.I64() : r.I32();
        reader.Skip(2 * 4); // times of creation and change
        int keysBytes = reader.I32();
        reader.Skip(4); // bytes of the name
        long self = Seek(ref reader);
        Seek(ref reader); // the parent
        return new DirectoryRecord(keysBytes, self, Seek(ref reader));
    }
}
