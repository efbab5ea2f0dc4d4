namespace TauPipeline.RootIO;

/// <summary>
/// Writes an object as its class is described, so that description and bytes cannot differ; members that are not given are 0 or empty.
/// </summary>
internal sealed class ObjectWriter(IReadOnlyDictionary<string, StreamerInfo> classes, RootWriter record)
{
    /// <summary>Writes the members of an object, those of its bases among them.</summary>
    public void Write(string className, IReadOnlyDictionary<string, object> members)
    {
        StreamerInfo info = classes[className];
        int start = record.Begin(info.ClassVersion);
        foreach (StreamerElement element in info.Elements) Member(element, members);
        record.End(start);
    }

    private void Member(StreamerElement element, IReadOnlyDictionary<string, object> members)
    {
        object? value = members.GetValueOrDefault(element.Name);
        switch (element.ElementClass)
        {
            case "TStreamerBase" when element.Name == "TNamed": record.TNamed((string)members["fName"], (string)members["fTitle"]); break;
            case "TStreamerBase" when element.Name == "TArrayD": Array((ReadOnlyMemory<double>)members[StreamedObject.ArrayMember]); break;
            case "TStreamerBase": Write(element.Name, members); break;
            case "TStreamerBasicType": Number(element, value is null ? 0 : (double)value); break;
            case "TStreamerBasicPointer": Pointed(value is null ? default : (ReadOnlyMemory<double>)value); break;
            case "TStreamerString": record.String(value as string ?? ""); break;
            case "TStreamerObjectAny": Array(value is null ? default : (ReadOnlyMemory<double>)value); break;
            case "TStreamerObject": Write(element.TypeName, (IReadOnlyDictionary<string, object>)value!); break;
            case "TStreamerObjectPointer" when element.Name == "fFunctions": Functions(isPointer: element.Title.Length == 0); break;
            default: record.Null(); break;
        }
    }

    private void Number(StreamerElement element, double value)
    {
        switch (element.Type)
        {
            case 2 or 12: record.I16((int)value); break;
            case 3 or 6: record.I32((int)value); break;
            case 5: record.F32((float)value); break;
            case 8: record.F64(value); break;
            case 18: record.U8(value == 0 ? 0 : 1); break;
            default: throw new Foundation.Defect($"{element.Name} of type {element.TypeName} is not written");
        }
    }

    private void Array(ReadOnlyMemory<double> values)
    {
        record.I32(values.Length);
        BigEndian.Write(values.Span, record.Extend(values.Length * sizeof(double)));
    }

    // One byte tells whether there is an array; its length stands in another member.
    private void Pointed(ReadOnlyMemory<double> values)
    {
        record.U8(values.IsEmpty ? 0 : 1);
        BigEndian.Write(values.Span, record.Extend(values.Length * sizeof(double)));
    }

    // An empty list, in place or behind a pointer: ROOT's own code takes it for granted.
    private void Functions(bool isPointer)
    {
        int pointer = isPointer ? record.BeginPointer("TList") : 0, list = record.Begin(5);
        record.TObject().String("").I32(0);
        record.End(list);
        if (isPointer) record.End(pointer);
    }
}
