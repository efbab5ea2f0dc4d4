namespace TauPipeline.RootIO;

/// <summary>
/// Reads TBranch, versions 6 to 13, TBranchObject, and TBranchElement, 8 to 10, and others as the file describes them (guide sections 3.2
/// and 3.3).
/// </summary>
internal sealed class BranchStreamer(Lazy<StreamerInfos> infos)
{
    private const int Oldest = 6, Newest = 13, OldestElement = 8, NewestElement = 10;

    // Before this version positions and numbers of entries were 32-bit integers, and totals doubles.
    private const int LargeNumbers = 10;
    private readonly DescribedMembers _described = new(infos);

    public void Fill(ref RootReader reader, BranchRecord branch, ObjectGraph graph)
    {
        if (branch.ClassName == "TBranch")
        {
            Branch(ref reader, branch, graph);
            return;
        }
        ObjectHeader header = reader.Header();
        if (branch.ClassName == "TBranchElement" && header.Version is < OldestElement or > NewestElement)
            Described(ref reader, branch, graph, header.Version);
        else
        {
            Branch(ref reader, branch, graph);
            if (branch.ClassName == "TBranchElement") Element(ref reader, branch, graph, header.Version);
            if (branch.ClassName == "TBranchObject") branch.ObjectClass = reader.String();
        }
        reader.Leave(header);
    }

    private static void Branch(ref RootReader reader, BranchRecord branch, ObjectGraph graph)
    {
        ObjectHeader header = reader.Header();
        int version = header.Version;
        if (version is < Oldest or > Newest) throw RootErrors.OtherVersion(reader.Place, "TBranch", version, $"{Oldest} to {Newest}");
        bool large = version >= LargeNumbers;
        long Total(ref RootReader r) => large ? r.I64() : r.F64() is var total and > -1 and < long.MaxValue ? (long)total : -1;
        (branch.Name, branch.Title) = reader.TNamed();
        if (version >= 8) reader.SkipObject(); // fill attributes
        reader.Skip(3 * 4); // compression, basket size, length of offset arrays
        branch.WrittenBaskets = reader.I32();
        reader.Skip(large ? 8 : 4); // entry number
        if (version >= 13) reader.SkipObject(); // TIOFeatures
        reader.Skip(4); // offset
        int capacity = reader.I32();
        if (version >= 7) reader.Skip(4); // split level
        branch.Entries = Total(ref reader);
        if (version >= 11) reader.Skip(8); // first entry
        branch.TotalBytes = Total(ref reader);
        branch.StoredBytes = Total(ref reader);
        branch.Branches = [.. graph.Array<BranchRecord>(ref reader).OfType<BranchRecord>()];
        branch.Leaves = [.. graph.Array<LeafRecord>(ref reader).OfType<LeafRecord>()];
        branch.Embedded = graph.Array<BasketRecord>(ref reader);
        branch.BasketBytes = [.. Array(ref reader, capacity, large: false).Select(bytes => (int)bytes)];
        branch.BasketEntry = Array(ref reader, capacity, large);
        branch.BasketSeek = Array(ref reader, capacity, large);
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

    private void Described(ref RootReader reader, BranchRecord branch, ObjectGraph graph, int version)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var counts = new Dictionary<string, BranchRecord?>(StringComparer.Ordinal);
        Dictionary<string, double> numbers = _described.Read(ref reader, "TBranchElement", version, graph,
            (ref RootReader r, StreamerElement member) =>
        {
            if (member.ElementClass == "TStreamerBase") Branch(ref r, branch, graph);
            else if (member.TypeName == "TString") texts[member.Name] = r.String();
            else if (member.TypeName == "TBranchElement*") counts[member.Name] = graph.Pointer(ref r) as BranchRecord;
            else return false;
            return true;
        });
        int Number(string name) => (int)Math.Clamp(numbers.GetValueOrDefault(name), int.MinValue, int.MaxValue);
        string Text(string name) => texts.GetValueOrDefault(name, "");
        branch.Element = new ElementRecord(Text("fClassName"), Text("fParentName"), Text("fClonesName"),
            (uint)Math.Clamp(numbers.GetValueOrDefault("fCheckSum"), 0, uint.MaxValue),
            Number("fID"), Number("fType"), Number("fStreamerType"),
                counts.GetValueOrDefault("fBranchCount"), counts.GetValueOrDefault("fBranchCount2"));
    }

    // A pointer to an array: one flag byte, then the values if it is set; 2 says that they are of 64 bits whatever the version.
    private static long[] Array(ref RootReader reader, int count, bool large)
    {
        int flag = reader.U8();
        if (flag == 0) return [];
        large |= flag == 2;
        int size = large ? sizeof(long) : sizeof(int);
        if (count < 0 || (long)count * size > reader.Left)
            throw RootErrors.TooMany(reader.Place, reader.Position, count, reader.Left / size);
        var values = new long[count];
        for (int i = 0; i < count; i++) values[i] = large ? reader.I64() : reader.I32();
        return values;
    }
}
