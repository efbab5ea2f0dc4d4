namespace TauPipeline.RootIO;

/// <summary>
/// Pointers to objects inside one record: each object is written where it is first met, later by reference to that place.
/// </summary>
/// <param name="keyBytes">References count from the start of the record's key.</param>
/// <param name="create">Makes the empty object of a class; content is read after the object is known, since children refer to
/// parents.</param>
/// <param name="fill">Reads an object's content.</param>
internal sealed class ObjectGraph(int keyBytes, Func<string, object> create, ObjectGraph.Fill fill)
{
    public delegate void Fill(ref RootReader reader, object target, ObjectGraph graph);

    private const uint ByteCountFlag = 0x40000000, ClassFlag = 0x80000000, NewClass = 0xFFFFFFFF;
    private const int ReferenceBase = 2;
    private const int DeepestNesting = 256;
    private readonly Dictionary<uint, object> _objects = [];
    private readonly Dictionary<uint, string> _classes = [];
    private int _depth;

    /// <summary>Reads a pointer: null, a new object, or one met before.</summary>
    public object? Pointer(ref RootReader reader)
    {
        int start = reader.Position;
        uint tag = reader.U32();
        int? end = null;
        if (tag != NewClass && (tag & ByteCountFlag) != 0)
        {
            uint length = tag & ~ByteCountFlag;
            if (length > reader.Left) throw RootErrors.PastTheEnd(reader.Place, start, length, reader.Left);
            end = reader.Position + (int)length;
            tag = reader.U32();
        }
        if (tag == 0) return null;
        if ((tag & ClassFlag) == 0) return _objects.TryGetValue(tag, out object? known) ? known : throw Unknown(ref reader, tag);
        object target = create(ClassName(ref reader, tag));
        _objects[Number(start)] = target;
        if (++_depth > DeepestNesting)
            throw RootErrors.Damaged(reader.Place, "an object", $"a nesting of at most {DeepestNesting}", "more");
        fill(ref reader, target, this);
        _depth--;
        if (end is { } last) reader.Leave(new ObjectHeader(0, last));
        return target;
    }

    /// <summary>Reads a TObjArray; what is of another type, or null, is left out unless its place matters.</summary>
    public List<T?> Array<T>(ref RootReader reader) where T : class
    {
        ObjectHeader header = reader.Header();
        reader.SkipTObject();
        reader.String();
        int count = reader.Count(4);
        reader.Skip(4);
        List<T?> items = []; // grows as items are found: a count is bounded, but every array of a damaged record may claim it
        for (int i = 0; i < count; i++) items.Add(Pointer(ref reader) as T);
        reader.Leave(header);
        return items;
    }

    private string ClassName(ref RootReader reader, uint tag)
    {
        if (tag != NewClass) return _classes.TryGetValue(tag & ~ClassFlag, out string? known) ? known : throw Unknown(ref reader, tag);
        uint number = Number(reader.Position - 4);
        return _classes[number] = reader.CString();
    }

    private uint Number(int position) => (uint)(position + keyBytes + ReferenceBase);

    private static Foundation.StepFailed Unknown(ref RootReader reader, uint tag) =>
        RootErrors.Damaged(reader.Place, "a reference", "an object or class met before", $"{tag:x8} before byte {reader.Position}");
}
