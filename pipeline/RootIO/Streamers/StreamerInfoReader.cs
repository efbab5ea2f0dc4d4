namespace TauPipeline.RootIO;

/// <summary>Reads TStreamerInfo and TStreamerElement objects.</summary>
internal static class StreamerInfoReader
{
    private const int MostDimensions = 5;

    public static object Create(string className) => className switch
    {
        "TStreamerInfo" => new StreamerInfo(),
        _ when className.StartsWith("TStreamer", StringComparison.Ordinal) => new StreamerElement(className),
        "TObjArray" => new List<StreamerElement>(),
        _ => className,
    };

    public static void Fill(ref RootReader reader, object target, ObjectGraph graph)
    {
        switch (target)
        {
            case StreamerInfo info: Info(ref reader, info, graph); break;
            case StreamerElement element: Element(ref reader, element); break;
            case List<StreamerElement> elements:
                elements.AddRange(graph.Array<StreamerElement>(ref reader).OfType<StreamerElement>());
                break;
            default: reader.SkipObject(); break;
        }
    }

    private static void Info(ref RootReader reader, StreamerInfo info, ObjectGraph graph)
    {
        ObjectHeader header = reader.Header();
        (info.ClassName, _) = reader.TNamed();
        info.Checksum = reader.U32();
        info.ClassVersion = reader.I32();
        if (graph.Pointer(ref reader) is List<StreamerElement> elements) info.Elements = elements;
        reader.Leave(header);
    }

    private static void Element(ref RootReader reader, StreamerElement element)
    {
        ObjectHeader outer = reader.Header();
        if (element.ElementClass == "TStreamerSTLstring") reader.Header(); // a TStreamerSTL of its own inside
        ObjectHeader header = reader.Header();
        (element.Name, element.Title) = reader.TNamed();
        element.Type = reader.I32();
        element.Size = reader.I32();
        reader.Skip(4);
        int dimensions = Math.Clamp(reader.I32(), 0, MostDimensions);
        // Version 1 wrote its dimensions as an array with a count in front.
        if (header.Version == 1) reader.Skip(4 * reader.Count(4));
        else element.Dimensions = Dimensions(ref reader, dimensions);
        element.TypeName = reader.String();
        reader.Leave(header);
        element.Extra = element.ElementClass switch
        {
            "TStreamerBase" when outer.Version > 2 => [$"{reader.I32()}"],
            "TStreamerBasicPointer" or "TStreamerLoop" => [$"{reader.I32()}", reader.String(), reader.String()],
            "TStreamerSTL" => [$"{reader.I32()}", $"{reader.I32()}"],
            _ => [],
        };
        reader.Leave(outer);
    }

    private static int[] Dimensions(ref RootReader reader, int count)
    {
        int[] dimensions = new int[MostDimensions];
        for (int i = 0; i < MostDimensions; i++) dimensions[i] = reader.I32();
        return dimensions[..count];
    }
}
