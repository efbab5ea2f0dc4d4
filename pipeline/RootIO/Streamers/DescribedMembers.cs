namespace TauPipeline.RootIO;

/// <summary>
/// The members of an object one after the other, as the file describes its class: for versions of ROOT's own classes whose layout is not
/// known here (guide section 1.6). Numbers are kept by name; objects are handed to whoever knows them, or passed over by their byte counts.
/// </summary>
internal sealed class DescribedMembers(Lazy<StreamerInfos> infos)
{
    private const int FixedArray = 20, CountedArray = 40, BeyondArrays = 60, Text = 65,
        TObjectBase = 66, TNamedBase = 67, Pointer = 64, PointerAny = 69;

    /// <summary>Reads one member if it knows it.</summary>
    public delegate bool Known(ref RootReader reader, StreamerElement member);

    /// <summary>Reads all members of that version of a class, without its own head.</summary>
    /// <exception cref="Foundation.StepFailed">The file does not describe it, or a member can neither be read nor passed over.</exception>
    public Dictionary<string, double> Read(ref RootReader reader, string className, int version, ObjectGraph graph, Known known)
    {
        StreamerInfo info = infos.Value.All.LastOrDefault(info => info.ClassName == className && info.ClassVersion == version)
            ?? throw RootErrors.OtherVersion(reader.Place, className, version, "versions that are known here, or that the file describes");
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (StreamerElement member in info.Elements)
            if (!known(ref reader, member) && !TrySkip(ref reader, member, numbers, graph))
                throw RootErrors.NoSuchMember(reader.Place, className, member);
        return numbers;
    }

    private static bool TrySkip(ref RootReader reader, StreamerElement member, Dictionary<string, double> numbers, ObjectGraph graph)
    {
        switch (member.Type)
        {
            case Text: reader.StringBytes(); return true;
            case TObjectBase: reader.SkipTObject(); return true;
            case TNamedBase: reader.SkipObject(); return true;
            case Pointer or PointerAny: graph.Pointer(ref reader); return true;
            case > 0 and < FixedArray when Number(ref reader, member) is { } number: numbers[member.Name] = number; return true;
            case > FixedArray and < CountedArray when ElementTypes.OfStreamerType(member.Type - FixedArray, member.Title) is { } coding:
                for (long left = member.Dimensions.Aggregate(1L, (product, one) => product * one); left > 0; left--)
                    reader.Skip(coding.Bytes);
                return true;
            case > CountedArray and < BeyondArrays
                when ElementTypes.OfStreamerType(member.Type - CountedArray, member.Title) is { } coding && member.Extra.Count > 1:
                for (double left = reader.Bool() ? numbers.GetValueOrDefault(member.Extra[1]) : 0; left > 0; left--)
                    reader.Skip(coding.Bytes);
                return true;
            default: return SkipObject(ref reader, member);
        }
    }

    // Arrays of numbers alone are objects without a head: a count, then the values.
    private static bool SkipObject(ref RootReader reader, StreamerElement member)
    {
        int size = member.TypeName switch
        {
            "TArrayC" => 1,
            "TArrayS" => 2,
            "TArrayI" or "TArrayF" => 4,
            "TArrayD" or "TArrayL64" => 8,
            _ => 0,
        };
        if (size == 0) reader.SkipObject();
        else reader.Skip(size * reader.Count(size));
        return true;
    }

    private static double? Number(ref RootReader reader, StreamerElement member) => member.Type switch
    {
        1 => (sbyte)reader.U8(),
        2 => reader.I16(),
        3 or 6 => reader.I32(),
        4 or 16 => reader.I64(),
        5 => BitConverter.UInt32BitsToSingle(reader.U32()),
        8 => reader.F64(),
        11 or 18 => reader.U8(),
        12 => reader.U16(),
        13 or 15 => reader.U32(),
        14 or 17 => (ulong)reader.I64(),
        _ => null,
    };
}
