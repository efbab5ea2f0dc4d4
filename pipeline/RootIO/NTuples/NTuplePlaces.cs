namespace TauPipeline.RootIO;

/// <summary>Reads where pages stand: locators and page lists (spec section 6).</summary>
internal static class NTuplePlaces
{
    private const int SmallestFrame = 8, SmallestList = 12, PageBytes = 16;
    private const int LargeLocator = 1;
    private const ulong IsSharded = 1;

    /// <summary>A size and a position: 12 bytes, or with the sign bit set a form that says its own length and kind.</summary>
    public static NTupleLocator Locator(ref LittleEndianReader reader)
    {
        int head = reader.I32();
        if (head >= 0) return new NTupleLocator(reader.Length(), head);
        long form = -(long)head;
        int type = (int)(form >> 24), end = reader.Position + Math.Max(0, (int)(form & 0xFFFF) - sizeof(int));
        if (type != LargeLocator) throw NTupleErrors.Locator(reader.Place, type);
        long bytes = reader.Length();
        var locator = new NTupleLocator(reader.Length(), bytes);
        if (reader.Position < end) reader.Bytes(end - reader.Position);
        return locator;
    }

    /// <summary>The clusters of a group.</summary>
    public static List<NTupleCluster> Clusters(FileBytes file, NTupleSchema schema, NTupleClusterGroup group, string path)
    {
        (byte[] payload, _) = Envelope.Read(file, group.PageList, Envelope.PageList, path);
        var reader = new LittleEndianReader(payload, new Place(file.Path, group.PageList.Locator.Offset, path));
        ulong header = reader.U64();
        if (header != schema.HeaderChecksum)
            throw RootErrors.Damaged(reader.Place, "a page list", $"that of header {schema.HeaderChecksum:x16}", $"that of {header:x16}");
        List<(long First, long Entries)> summaries = Summaries(ref reader, group);
        Frame list = reader.List(SmallestList);
        if (list.Count != summaries.Count)
            throw RootErrors.Damaged(reader.Place, "a page list", $"{summaries.Count} clusters", $"{list.Count}");
        List<NTupleCluster> clusters = [];
        foreach ((long first, long entries) in summaries)
        {
            Frame columns = reader.List(SmallestList);
            if (columns.Count > schema.Columns.Count)
                throw RootErrors.Damaged(reader.Place, "a page list", $"at most {schema.Columns.Count} columns", $"{columns.Count}");
            var pages = new NTupleColumnPages[columns.Count];
            for (int i = 0; i < pages.Length; i++) pages[i] = Pages(ref reader);
            reader.Leave(columns);
            clusters.Add(new NTupleCluster(first, entries, pages));
        }
        reader.Leave(list);
        return clusters;
    }

    private static List<(long First, long Entries)> Summaries(ref LittleEndianReader reader, NTupleClusterGroup group)
    {
        List<(long, long)> summaries = [];
        Frame list = reader.List(SmallestFrame);
        long next = group.FirstEntry;
        for (uint i = 0; i < list.Count; i++)
        {
            Frame frame = reader.Record();
            long first = reader.Length();
            ulong word = reader.U64();
            if ((word >> 56 & IsSharded) != 0) throw NTupleErrors.Sharded(reader.Place, first);
            long entries = (long)(word & 0x00FF_FFFF_FFFF_FFFF);
            if (first != next || entries > group.FirstEntry + group.Entries - first)
                throw RootErrors.Damaged(
                    reader.Place,
                    "a page list",
                    $"entries {next} and after, up to {group.FirstEntry + group.Entries}",
                    $"{entries} from {first}");
            next = first + entries;
            summaries.Add((first, entries));
            reader.Leave(frame);
        }
        reader.Leave(list);
        if (next != group.FirstEntry + group.Entries)
            throw RootErrors.Damaged(reader.Place, "a page list", $"entries up to {group.FirstEntry + group.Entries}", $"up to {next}");
        return summaries;
    }

    private static NTupleColumnPages Pages(ref LittleEndianReader reader)
    {
        Frame frame = reader.List(PageBytes);
        var pages = new NTuplePage[frame.Count];
        long elements = 0;
        for (int i = 0; i < pages.Length; i++)
        {
            // Written as a negative number when a checksum follows the page.
            int count = reader.I32();
            if (count == int.MinValue) throw RootErrors.Damaged(reader.Place, "a page", "a number of elements", $"{count}");
            pages[i] = new NTuplePage(Math.Abs(count), count < 0, Locator(ref reader));
            elements += pages[i].Elements;
        }
        bool isSuppressed = reader.I64() < 0; // first element; compression settings follow, but sizes tell whether a page is packed
        reader.Leave(frame);
        return new NTupleColumnPages(pages, elements, isSuppressed);
    }
}
