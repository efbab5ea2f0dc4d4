namespace TauPipeline.RootIO;

/// <summary>Reads TLeaf and its subclasses (spec section 3.4).</summary>
internal static class LeafStreamer
{
    public static void Fill(ref RootReader reader, LeafRecord leaf, ObjectGraph graph)
    {
        ObjectHeader outer = reader.Header(), header = reader.Header();
        (leaf.Name, leaf.Title) = reader.TNamed();
        leaf.Length = reader.I32();
        reader.Skip(8 + 1); // type length, offset; whether a range is set
        leaf.IsUnsigned = reader.Bool();
        leaf.Count = graph.Pointer(ref reader) as LeafRecord;
        reader.Leave(header);
        if (leaf.ClassName == "TLeafObject") leaf.IsVirtual = outer.Version is 1 or 2 || outer.Version >= 3 && reader.Bool();
        reader.Leave(outer);
    }
}
