using System.Globalization;

namespace TauPipeline.RootIO;

/// <summary>
/// Reads an object as its class is described (spec sections 1.5 and 1.6), version by version. Members that nobody asks for
/// (lists of functions, labels) are passed over by their byte counts; what has none is refused by name.
/// </summary>
internal sealed class ObjectReader(ClassDescriptions classes)
{
    private const int DeepestNesting = 64;
    private const uint ByteCountFlag = 0x40000000, ClassFlag = 0x80000000;
    private const int FixedArray = 20,
        PointerArray = 40,
        Object = 61,
        ObjectAny = 62,
        Inline = 63,
        Pointer = 64,
        Text = 65,
        TObject = 66,
        TNamed = 67,
        InlineAny = 68,
        PointerAny = 69,
        Collection = 300, StringCollection = 365, Custom = 500, CustomLoop = 501;

    // Until that version ROOT wrote these by code of its own, with members in another form than described.
    private static readonly Dictionary<string, int> HandMade = new(StringComparer.Ordinal)
    {
        ["TH1"] = 2,
        ["TH2"] = 2,
        ["TH3"] = 2,
        ["TProfile"] = 2,
        ["TProfile2D"] = 2,
        ["TGraph"] = 2,
        ["TGraphErrors"] = 2,
        ["TGraphAsymmErrors"] = 2,
        ["TAxis"] = 5,
    };

    public StreamedObject Read(ref RootReader reader, string className)
    {
        var found = new StreamedObject(className, reader.Place);
        Read(ref reader, className, found, 0);
        return found;
    }

    private void Read(ref RootReader reader, string className, StreamedObject into, int depth)
    {
        if (depth > DeepestNesting) throw RootErrors.Damaged(reader.Place, "an object", $"a nesting of at most {DeepestNesting}", "more");
        ObjectHeader header = reader.Header();
        uint? checksum = header.Version == 0 && header.End is not null ? reader.U32() : null;
        if (HandMade.TryGetValue(className, out int oldest) && header.Version <= oldest && checksum is null)
            throw HistogramErrors.TooOld(reader.Place, className, header.Version);
        if (classes.Find(className, header.Version, checksum) is not { } info)
            throw HistogramErrors.Undescribed(reader.Place, className, header.Version, classes.Versions(className));
        foreach (StreamerElement element in info.Elements) Member(ref reader, className, element, into, depth);
        reader.Leave(header);
    }

    private void Member(ref RootReader reader, string className, StreamerElement element, StreamedObject into, int depth)
    {
        if (element.ElementClass == "TStreamerBase")
        {
            Base(ref reader, element.Name, into, depth);
            return;
        }
        switch (element.Type)
        {
            case > 0 and < FixedArray: into.Set(element.Name, Number(ref reader, className, element, element.Type)); break;
            case > FixedArray and < PointerArray:
                into.Set(
                    element.Name,
                    Numbers(
                        ref reader,
                        className,
                        element,
                        element.Type - FixedArray,
                        element.Dimensions.Aggregate(1L, (product, one) => product * one)));
                break;
            case > PointerArray and < Object: PointedArray(ref reader, className, element, into); break;
            case Text: into.Set(element.Name, reader.String()); break;
            case TObject: reader.SkipTObject(); break;
            case TNamed: reader.SkipObject(); break;
            case Object or ObjectAny when element.TypeName.StartsWith("TArray", StringComparison.Ordinal):
                into.Set(element.Name, TArray(ref reader, element.TypeName));
                break;
            case Object or ObjectAny when element.TypeName == "TAxis":
                var axis = new StreamedObject(element.TypeName, reader.Place);
                Read(ref reader, element.TypeName, axis, depth + 1);
                into.Set(element.Name, axis);
                break;
            case Object or ObjectAny or Inline or InlineAny or Collection or StringCollection or Custom or CustomLoop:
                reader.SkipObject();
                break;
            case Pointer or PointerAny: SkipPointer(ref reader, className, element); break;
            default: throw HistogramErrors.MemberNotRead(reader.Place, className, element.Name, element.TypeName);
        }
    }

    private void Base(ref RootReader reader, string name, StreamedObject into, int depth)
    {
        switch (name)
        {
            case "TObject": reader.SkipTObject(); break;
            case "TNamed":
                (string named, string title) = reader.TNamed();
                into.Set("fName", named);
                into.Set("fTitle", title);
                break;
            case not null when name.StartsWith("TAtt", StringComparison.Ordinal): reader.SkipObject(); break;
            case not null when name.StartsWith("TArray", StringComparison.Ordinal):
                into.Set(StreamedObject.ArrayMember, TArray(ref reader, name));
                break;
            default: Read(ref reader, name!, into, depth + 1); break;
        }
    }

    private static void PointedArray(ref RootReader reader, string className, StreamerElement element, StreamedObject into)
    {
        double count =
            element.Extra.Count > 1 && into.Has(element.Extra[1])
                ? into.Number(element.Extra[1])
                : throw HistogramErrors.MemberNotRead(reader.Place, className, element.Name, element.TypeName);
        into.Set(element.Name, reader.Bool() ? Numbers(ref reader, className, element, element.Type - PointerArray, (long)count) : []);
    }

    private static double[] Numbers(ref RootReader reader, string className, StreamerElement element, int type, long count)
    {
        // Every number has at least one byte.
        if (count < 0 || count > reader.Left)
            throw RootErrors.TooMany(reader.Place, reader.Position, (int)Math.Clamp(count, int.MinValue, int.MaxValue), reader.Left);
        var values = new double[count];
        for (int i = 0; i < values.Length; i++) values[i] = Number(ref reader, className, element, type);
        return values;
    }

    private static double Number(ref RootReader reader, string className, StreamerElement element, int type) => type switch
    {
        1 => (sbyte)reader.U8(),
        2 => reader.I16(),
        3 or 6 => reader.I32(),
        4 or 16 => reader.I64(),
        5 => BitConverter.UInt32BitsToSingle(reader.U32()),
        8 => reader.F64(),
        9 when !element.Title.StartsWith('[') => BitConverter.UInt32BitsToSingle(reader.U32()),
        11 => reader.U8(),
        12 => reader.U16(),
        13 or 15 => reader.U32(),
        14 or 17 => (ulong)reader.I64(),
        18 => reader.Bool() ? 1 : 0,
        _ => throw HistogramErrors.MemberNotRead(reader.Place, className, element.Name, element.TypeName),
    };

    // A count, then the values: no head.
    private static double[] TArray(ref RootReader reader, string className)
    {
        (int size, int type) = className switch
        {
            "TArrayC" => (1, 1),
            "TArrayS" => (2, 2),
            "TArrayI" => (4, 3),
            "TArrayF" => (4, 5),
            "TArrayD" => (8, 8),
            "TArrayL" or "TArrayL64" => (8, 16),
            _ => throw HistogramErrors.MemberNotRead(reader.Place, className, StreamedObject.ArrayMember, className),
        };
        var values = new double[reader.Count(size)];
        var element = new StreamerElement("TStreamerBasicType") { Name = StreamedObject.ArrayMember, TypeName = className };
        for (int i = 0; i < values.Length; i++) values[i] = Number(ref reader, className, element, type);
        return values;
    }

    private static void SkipPointer(ref RootReader reader, string className, StreamerElement element)
    {
        uint tag = reader.U32();
        if ((tag & ClassFlag) != 0)
            throw HistogramErrors.MemberNotRead(
                reader.Place,
                className,
                element.Name,
                string.Create(CultureInfo.InvariantCulture, $"{element.TypeName} without a byte count"));
        if ((tag & ByteCountFlag) == 0) return; // none, or one met before
        uint length = tag & ~ByteCountFlag;
        if (length > reader.Left) throw RootErrors.PastTheEnd(reader.Place, reader.Position, length, reader.Left);
        reader.Skip((int)length);
    }
}
