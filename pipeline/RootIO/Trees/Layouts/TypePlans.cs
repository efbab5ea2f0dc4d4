using System.Collections.Immutable;

namespace TauPipeline.RootIO;

/// <summary>What values of a C++ type look like in the file: built-in types by name, classes by the file's own description (guide sections 1.6 and 4.3).</summary>
internal sealed class TypePlans(Lazy<StreamerInfos> infos)
{
    internal const int Base = 0, Object = 61, AnyObject = 62;
    private const int Stl = 300, StlString = 365, TString = 65, TObject = 66, TNamed = 67, CharStar = 7, Bits = 15;
    private const int FixedArray = 20, CountedArray = 40;
    private const int DeepestNesting = 8;

    // Classes whose members are classes multiply; a damaged description could do so without end.
    private const int MostMembers = 256;
    private int _members;

    /// <summary>The plan of a collection, a text or an object that stands alone; null for any other type.</summary>
    public ItemPlan? Of(string typeName)
    {
        _members = 0;
        return TypeName.Parse(typeName) is { } type ? Bare(type, 0) : null;
    }

    /// <summary>The plan of an object of that class that fills a branch: its members alone, without a head (guide section 3.3); null if it is not read.</summary>
    public ItemPlan? OfWhole(string className, uint checksum)
    {
        _members = 0;
        return infos.Value.All.LastOrDefault(info => info.ClassName == className && info.Checksum == checksum) is { } info && Class(info, 0) is { } plan ? plan with { HasHead = false } : null;
    }

    /// <summary>The plan of one class member; null if it is none that is read.</summary>
    public ItemPlan? OfMember(int code, string typeName, string comment, ImmutableArray<int> dimensions)
    {
        _members = 0;
        return Member(code, typeName, comment, dimensions, 0);
    }

    // Inside a list: texts and inner lists have no heads of their own.
    private ItemPlan? Bare(TypeName type, int depth)
    {
        if (depth > DeepestNesting) return null;
        if (type.Arguments.Count == 0)
        {
            if (type.Name is "string" or "TString") return new TextPlan();
            return ElementTypes.OfName(type.Name) is { } coding ? new NumberPlan(coding, []) : Class(type.Name, depth);
        }
        switch (type.Name)
        {
            case "vector" or "ROOT::VecOps::RVec" or "ROOT::RVec" or "set" or "multiset" or "unordered_set" or "unordered_multiset" or "list" or "deque":
                return Bare(type.Arguments[0], depth + 1) is { } element ? new ListPlan(element) : null;
            case "map" or "multimap" or "unordered_map" or "unordered_multimap" when type.Arguments.Count >= 2 && depth == 0:
                return Headed(type.Arguments[0], depth + 1) is { } key && Headed(type.Arguments[1], depth + 1) is { } value
                    ? new ListPlan(new RecordPlan("pair", [("first", key), ("second", value)], HasHead: false) { IsPair = true }) : null;
            default: return Class(type.Text, depth);
        }
    }

    // As a member: collections and std::string have a head, once for all objects that are written together.
    private ItemPlan? Headed(TypeName type, int depth) => Bare(type, depth) switch
    {
        TextPlan when type.Name == "TString" => new TextPlan(),
        (TextPlan or ListPlan) and { } plan => new HeadPlan(plan),
        var other => other,
    };

    private RecordPlan? Class(string name, int depth) => infos.Value.Find(name) is { } info ? Class(info, depth) : null;

    private RecordPlan? Class(StreamerInfo info, int depth)
    {
        if (info.Elements.Count == 0) return null;
        var members = ImmutableArray.CreateBuilder<(string, ItemPlan)>();
        foreach (StreamerElement element in info.Elements)
        {
            if (++_members > MostMembers) return null;
            if (Member(element.Type, element.TypeName, element.Title, [.. element.Dimensions], depth + 1, element.Name) is not { } plan) return null;
            members.Add((element.Name, plan));
        }
        return new RecordPlan(info.ClassName, members.ToImmutable(), HasHead: true) { Version = info.ClassVersion, Checksum = info.Checksum };
    }

    private ItemPlan? Member(int code, string typeName, string comment, ImmutableArray<int> dimensions, int depth, string name = "")
    {
        if (depth > DeepestNesting) return null;
        switch (code)
        {
            case TString: return new TextPlan();
            case CharStar: return new TextPlan(HasLongLength: true);
            case TObject: return TObjectPart;
            case TNamed: return TNamedPart;
            case Base: return name is "TObject" ? TObjectPart : name is "TNamed" ? TNamedPart : Class(name, depth) is { } inherited ? inherited with { IsBase = true } : null;
            case Bits when name is "fBits" or "": return new BitsPlan();
            case StlString or Stl: return TypeName.Parse(typeName) is { } stl && Headed(stl, depth) is HeadPlan plan ? plan : null;
            case Object or AnyObject: return Class(typeName, depth);
        }
        if (code is > FixedArray and < CountedArray) return Numbers(code - FixedArray, comment, dimensions);
        return code is > 0 and < FixedArray ? Numbers(code, comment, []) : null;
    }

    private static NumberPlan? Numbers(int code, string comment, ImmutableArray<int> dimensions)
    {
        if (ElementTypes.OfStreamerType(code, comment) is not { } coding) return null;
        long bytes = coding.Bytes;
        foreach (int length in dimensions)
            if (length < 1 || (bytes *= length) > int.MaxValue) return null;
        return new NumberPlan(coding, dimensions);
    }

    private static RecordPlan TObjectPart { get; } = new("TObject",
        [("fVersion", new NumberPlan(NumberCoding.Plain(Columns.ColumnType.UInt16), [])), ("fUniqueID", new NumberPlan(NumberCoding.Plain(Columns.ColumnType.UInt32), [])), ("fBits", new BitsPlan())], HasHead: false);

    private static RecordPlan TNamedPart { get; } = new("TNamed", [("TObject", TObjectPart), ("fName", new TextPlan()), ("fTitle", new TextPlan())], HasHead: true) { Version = 1 };
}
