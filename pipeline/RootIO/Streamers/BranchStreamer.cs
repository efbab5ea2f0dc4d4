namespace TauPipeline.RootIO;

/// <summary>Reads TBranch, versions 10 to 13, and TBranchElement, 8 to 10 (spec sections 3.2 and 3.3).</summary>
internal static class BranchStreamer
{
    private const int Oldest = 10, Newest = 13, OldestElement = 8, NewestElement = 10;

    public static void Fill(ref RootReader reader, BranchRecord branch, ObjectGraph graph)
    {
        if (branch.ClassName == "TBranch")
        {
            Branch(ref reader, branch, graph);
            return;
        }
        ObjectHeader header = reader.Header();
        Branch(ref reader, branch, graph);
        if (branch.ClassName == "TBranchElement")
        {
            if (header.Version is < OldestElement or > NewestElement)
                throw RootErrors.OtherVersion(reader.Place, "TBranchElement", header.Version, $"{OldestElement} to {NewestElement}");
            Element(ref reader, branch, graph, header.Version);
        }
        reader.Leave(header);
    }

    private static void Branch(ref RootReader reader, BranchRecord branch, ObjectGraph graph)
    {
        ObjectHeader header = reader.Header();
        int version = header.Version;
        if (version is < Oldest or > Newest) throw RootErrors.OtherVersion(reader.Place, "TBranch", version, $"{Oldest} to {Newest}");
        (branch.Name, branch.Title) = reader.TNamed();
        reader.SkipObject(); // fill attributes
        reader.Skip(3 * 4); // compression, basket size, length of offset arrays
        branch.WrittenBaskets = reader.I32();
        reader.Skip(8); // entry number
        if (version >= 13) reader.SkipObject(); // TIOFeatures
        reader.Skip(4); // offset
        int capacity = reader.I32();
        reader.Skip(4); // split level
        branch.Entries = reader.I64();
        if (version >= 11) reader.Skip(8); // first entry
        branch.TotalBytes = reader.I64();
        branch.StoredBytes = reader.I64();
        branch.Branches = [.. graph.Array<BranchRecord>(ref reader).OfType<BranchRecord>()];
        branch.Leaves = [.. graph.Array<LeafRecord>(ref reader).OfType<LeafRecord>()];
        branch.Embedded = graph.Array<BasketRecord>(ref reader);
        branch.BasketBytes = Array(ref reader, capacity, 4, static (ref RootReader r) => r.I32());
        branch.BasketEntry = Array(ref reader, capacity, 8, static (ref RootReader r) => r.I64());
        branch.BasketSeek = Array(ref reader, capacity, 8, static (ref RootReader r) => r.I64());
        branch.FileName = reader.String();
        reader.Leave(header);
    }

    private static void Element(ref RootReader reader, BranchRecord branch, ObjectGraph graph, int version)
    {
        string className = reader.String(), parentName = reader.String(), clonesName = reader.String();
        uint checksum = reader.U32();
        reader.Skip(version >= 10 ? 2 : 4); // class version
        int id = reader.I32(), type = reader.I32(), streamerType = reader.I32();
        reader.Skip(4); // maximum
        branch.Element = new ElementRecord(className, parentName, clonesName, checksum, id, type, streamerType,
            graph.Pointer(ref reader) as BranchRecord, graph.Pointer(ref reader) as BranchRecord);
    }

    private delegate T Item<T>(ref RootReader reader);

    // A pointer to an array: one flag byte, then the values if it is set.
    private static T[] Array<T>(ref RootReader reader, int count, int size, Item<T> item)
    {
        if (!reader.Bool()) return [];
        if (count < 0 || (long)count * size > reader.Left) throw RootErrors.TooMany(reader.Place, reader.Position, count, reader.Left / size);
        var values = new T[count];
        for (int i = 0; i < count; i++) values[i] = item(ref reader);
        return values;
    }
}
