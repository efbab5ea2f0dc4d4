using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>Reads what follows the branches of a tree as far as its list of friends (guide section 3.1); all of it is optional.</summary>
internal static class FriendStreamer
{
    /// <summary>
    /// The friends of a tree whose branches were just read; none where the rest of the record is of a kind that is not known.
    /// </summary>
    public static List<FriendRecord> After(ref RootReader reader, ObjectGraph graph)
    {
        try
        {
            graph.Array<LeafRecord>(ref reader);
            graph.Pointer(ref reader); // aliases
            reader.Skip(sizeof(double) * reader.Count(sizeof(double))); // index values
            reader.Skip(sizeof(int) * reader.Count(sizeof(int))); // index
            graph.Pointer(ref reader); // index of the tree
            return graph.Pointer(ref reader) is List<object?> list ? [.. list.OfType<FriendRecord>()] : [];
        }
        // Objects of any class may stand here. The branches are known, and the tree's byte count leads past it.
        catch (StepFailed) { return []; }
    }

    public static void Fill(ref RootReader reader, FriendRecord friend)
    {
        ObjectHeader header = reader.Header();
        (friend.Alias, friend.FileName) = reader.TNamed();
        friend.TreeName = reader.String();
        reader.Leave(header);
    }

    public static void FillList(ref RootReader reader, List<object?> list, ObjectGraph graph)
    {
        ObjectHeader header = reader.Header();
        reader.SkipTObject();
        reader.StringBytes();
        int count = reader.Count(5);
        for (int i = 0; i < count; i++)
        {
            list.Add(graph.Pointer(ref reader));
            reader.StringBytes();
        }
        reader.Leave(header);
    }
}
