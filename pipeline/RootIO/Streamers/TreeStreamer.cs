namespace TauPipeline.RootIO;

/// <summary>
/// Reads the record of a TTree: versions 16 to 20, and others as the file describes them, say 5 of ROOT 3 and 4 and of Geant4's own writer;
/// TNtuple wraps one (guide sections 1.6 and 3.1).
/// </summary>
internal sealed class TreeStreamer(Lazy<StreamerInfos> infos)
{
    private const int Oldest = 16, Newest = 20;
    private readonly DescribedMembers _described = new(infos);
    private readonly BranchStreamer _branches = new(infos);

    public TreeRecord Read(ReadOnlySpan<byte> payload, TKey key, Place place)
    {
        var reader = new RootReader(payload, place);
        var graph = new ObjectGraph(key.KeyBytes, Create, Fill);
        if (key.ClassName != "TTree") reader.Header();
        ObjectHeader header = reader.Header();
        TreeRecord tree = header.Version is >= Oldest and <= Newest
            ? Known(ref reader, header.Version, graph) : Described(ref reader, header.Version, graph);
        if (tree.Entries < 0) throw RootErrors.Damaged(reader.Place, "a tree", "0 entries or more", $"{tree.Entries}");
        reader.Leave(header);
        return tree;
    }

    private static object Create(string className) => className switch
    {
        "TBasket" => new BasketRecord(),
        "TFriendElement" => new FriendRecord(),
        "TList" => new List<object?>(),
        "TBranch" or "TBranchElement" or "TBranchObject" or "TBranchRef" or "TBranchClones" or "TBranchSTL" => new BranchRecord(className),
        _ when className.StartsWith("TLeaf", StringComparison.Ordinal) => new LeafRecord(className),
        _ => className,
    };

    private void Fill(ref RootReader reader, object target, ObjectGraph graph)
    {
        switch (target)
        {
            case BranchRecord branch: _branches.Fill(ref reader, branch, graph); break;
            case LeafRecord leaf: LeafStreamer.Fill(ref reader, leaf, graph); break;
            case BasketRecord basket: BasketStreamer.Fill(ref reader, basket); break;
            case FriendRecord friend: FriendStreamer.Fill(ref reader, friend); break;
            case List<object?> list: FriendStreamer.FillList(ref reader, list, graph); break;
            default: reader.SkipObject(); break;
        }
    }

    private TreeRecord Described(ref RootReader reader, int version, ObjectGraph graph)
    {
        var tree = new TreeRecord();
        Dictionary<string, double> numbers = _described.Read(ref reader, "TTree", version, graph,
            (ref RootReader r, StreamerElement member) =>
        {
            if (member.Name == "fBranches") tree.Branches = [.. graph.Array<BranchRecord>(ref r).OfType<BranchRecord>()];
            else if (member is { Name: "TNamed", ElementClass: "TStreamerBase" }) tree.Title = r.TNamed().Title;
            else return false;
            return true;
        });
        double entries = numbers.GetValueOrDefault("fEntries");
        tree.Entries = entries is >= 0 and < long.MaxValue ? (long)entries : -1; // a double before version 10 or so
        return tree;
    }

    private static TreeRecord Known(ref RootReader reader, int version, ObjectGraph graph)
    {
        var tree = new TreeRecord { Title = reader.TNamed().Title };
        for (int attribute = 0; attribute < 3; attribute++) reader.SkipObject(); // line, fill, marker
        tree.Entries = reader.I64();
        reader.Skip(8 * (version >= 18 ? 4 : 3)); // bytes: total, stored, saved, flushed
        reader.Skip(8 + 3 * 4); // weight, timer, scan field, update
        if (version >= 17) reader.Skip(4); // default length of offset arrays
        int clusters = version >= 19 ? reader.I32() : 0;
        reader.Skip(8 * (version >= 18 ? 6 : 5)); // limits, auto-save, auto-flush, estimate
        if (version >= 19)
        {
            SkipArray(ref reader, clusters);
            SkipArray(ref reader, clusters);
        }
        if (version >= 20) reader.SkipObject(); // TIOFeatures
        tree.Branches = [.. graph.Array<BranchRecord>(ref reader).OfType<BranchRecord>()];
        tree.Friends = FriendStreamer.After(ref reader, graph);
        return tree;
    }

    // A pointer to an array is one flag byte, then the values if there are any.
    private static void SkipArray(ref RootReader reader, int count)
    {
        if (!reader.Bool()) return;
        if (count < 0 || count > reader.Left / sizeof(long))
            throw RootErrors.TooMany(reader.Place, reader.Position, count, reader.Left / sizeof(long));
        reader.Skip(count * sizeof(long));
    }
}
