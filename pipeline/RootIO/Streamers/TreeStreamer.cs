namespace TauPipeline.RootIO;

/// <summary>Reads the record of a TTree, versions 16 to 20; TNtuple wraps one (spec section 3.1).</summary>
internal static class TreeStreamer
{
    private const int Oldest = 16, Newest = 20;

    public static TreeRecord Read(ReadOnlySpan<byte> payload, RootKey key, Place place)
    {
        var reader = new RootReader(payload, place);
        var graph = new ObjectGraph(key.Key.KeyBytes, Create, Fill);
        if (key.ClassName != "TTree") reader.Header();
        return Tree(ref reader, graph);
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

    private static void Fill(ref RootReader reader, object target, ObjectGraph graph)
    {
        switch (target)
        {
            case BranchRecord branch: BranchStreamer.Fill(ref reader, branch, graph); break;
            case LeafRecord leaf: LeafStreamer.Fill(ref reader, leaf, graph); break;
            case BasketRecord basket: BasketStreamer.Fill(ref reader, basket); break;
            case FriendRecord friend: FriendStreamer.Fill(ref reader, friend); break;
            case List<object?> list: FriendStreamer.FillList(ref reader, list, graph); break;
            default: reader.SkipObject(); break;
        }
    }

    private static TreeRecord Tree(ref RootReader reader, ObjectGraph graph)
    {
        ObjectHeader header = reader.Header();
        int version = header.Version;
        if (version is < Oldest or > Newest) throw RootErrors.OtherVersion(reader.Place, "TTree", version, $"{Oldest} to {Newest}");
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
        if (tree.Entries < 0) throw RootErrors.Damaged(reader.Place, "a tree", "0 entries or more", $"{tree.Entries}");
        reader.Leave(header);
        return tree;
    }

    // A pointer to an array is one flag byte, then the values if there are any.
    private static void SkipArray(ref RootReader reader, int count)
    {
        if (!reader.Bool()) return;
        if (count < 0 || count > reader.Left / sizeof(long)) throw RootErrors.TooMany(reader.Place, reader.Position, count, reader.Left / sizeof(long));
        reader.Skip(count * sizeof(long));
    }
}
