using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>A tree whose branches, classes and entries a test writes down byte by byte, for what no public file at hand has.</summary>
internal static class HandMadeTree
{
    public const int IntCode = 3, CounterCode = 6, DoubleCode = 8, PointedDoubleCode = 48, ObjectCode = 61, StlCode = 300;

    /// <summary>The tree; its baskets stand in its own record.</summary>
    public static RootTree Of(StreamerInfo[] classes, params BranchRecord[] branches)
    {
        var infos = new StreamerInfos(classes);
        var records = new RecordReader(new FileBytes("hand.root", ReadOnlyMemory<byte>.Empty));
        var key = new RootKey("tree", new TKey(0, 0, 0, 1, 0, 0, "TTree", "tree", ""));
        return new RootTree(
            records,
            key,
            new TreeRecord { Entries = branches[0].Entries, Branches = [.. branches] },
            new Lazy<StreamerInfos>(() => infos));
    }

    /// <summary>A branch with one basket of these entries.</summary>
    public static BranchRecord Branch(string className, string name, LeafRecord leaf, params byte[][] entries)
    {
        var offsets = new int[entries.Length + 1];
        for (int i = 0; i < entries.Length; i++) offsets[i + 1] = offsets[i] + entries[i].Length;
        return new BranchRecord(className)
        {
            Name = name,
            Entries = entries.Length,
            Leaves = [leaf],
            BasketEntry = [0],
            Embedded = [new BasketRecord { Entries = entries.Length, Offsets = offsets, Data = [.. entries.SelectMany(bytes => bytes)] }],
        };
    }

    public static StreamerInfo Class(string name, int version, params StreamerElement[] members) =>
        new()
        {
            ClassName = name,
            ClassVersion = version,
            Checksum = (uint)name.GetHashCode(StringComparison.Ordinal),
            Elements = [.. members],
        };

    public static StreamerElement Member(string name, int code, string type, string countedBy = "") =>
        new("TStreamerBasicType") { Name = name, Type = code, TypeName = type, Extra = countedBy.Length > 0 ? ["1", countedBy, type] : [] };

    public static StreamerElement Base(string name) => new("TStreamerBase") { Name = name, TypeName = "BASE" };

    /// <summary>Bytes behind a byte count and a version.</summary>
    public static byte[] Headed(int version, Action<RootWriter> content)
    {
        var writer = new RootWriter();
        int start = writer.Begin(version);
        content(writer);
        writer.End(start);
        return writer.Written.ToArray();
    }

    public static byte[] Bytes(Action<RootWriter> content)
    {
        var writer = new RootWriter();
        content(writer);
        return writer.Written.ToArray();
    }
}
