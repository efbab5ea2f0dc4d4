namespace TauPipeline.RootIO;

/// <summary>The file's own description of its classes.</summary>
internal sealed class StreamerInfos(IReadOnlyList<StreamerInfo> infos)
{
    private const int DeepestNesting = 256;

    public IReadOnlyList<StreamerInfo> All => infos;

    /// <summary>The class of that name, in the version that was described last.</summary>
    public StreamerInfo? Find(string className) => infos.LastOrDefault(info => info.ClassName == className);

    /// <summary>The member of that name in a class (or in one of its bases), if the file describes it.</summary>
    public StreamerElement? Member(string className, string member) => Member(className, member, []);

    private StreamerElement? Member(string className, string member, HashSet<string> visited)
    {
        if (!visited.Add(className) || visited.Count > DeepestNesting || Find(className) is not { } info) return null;
        foreach (StreamerElement element in info.Elements)
            if (element.Name == member && element.ElementClass != "TStreamerBase") return element;
        foreach (StreamerElement element in info.Elements)
            if (element.ElementClass == "TStreamerBase" && Member(element.Name, member, visited) is { } inherited) return inherited;
        return null;
    }

    /// <summary>Those of the record at that position, which the file's header says is of that many bytes; none where it is 0.</summary>
    public static StreamerInfos Read(RecordReader records, long offset, int statedBytes)
    {
        if (offset == 0) return new StreamerInfos([]);
        const string path = "StreamerInfo";
        (TKey key, byte[] payload) = records.Record(records.Key(offset, path), offset, path, statedBytes);
        var reader = new RootReader(payload, records.At(offset, path));
        var graph = new ObjectGraph(key.KeyBytes, StreamerInfoReader.Create, StreamerInfoReader.Fill);
        reader.Header();
        reader.SkipTObject();
        reader.String();
        int count = reader.Count(5);
        List<StreamerInfo> infos = [];
        for (int i = 0; i < count; i++)
        {
            if (graph.Pointer(ref reader) is StreamerInfo info) infos.Add(info);
            reader.StringBytes();
        }
        return new StreamerInfos(infos);
    }
}

/// <summary>One class as it was written: name, version, checksum and members.</summary>
internal sealed class StreamerInfo
{
    public string ClassName { get; set; } = "";
    public uint Checksum { get; set; }
    public int ClassVersion { get; set; }
    public List<StreamerElement> Elements { get; set; } = [];
}

/// <summary>One member or base of a class.</summary>
internal sealed class StreamerElement(string elementClass)
{
    public string ElementClass => elementClass;
    public string Name { get; set; } = "";
    public string Title { get; set; } = "";
    public int Type { get; set; }
    public int Size { get; set; }
    public int[] Dimensions { get; set; } = [];
    public string TypeName { get; set; } = "";

    /// <summary>What follows the common part: base version, count member, or STL types.</summary>
    public IReadOnlyList<string> Extra { get; set; } = [];
}
