using System.Collections.Immutable;

namespace TauPipeline.RootIO;

/// <summary>
/// What values of a C++ type look like in the file: built-in types by name, classes by the file's own description (guide sections 1.6 and
/// 4.3). Where there is no plan, <see cref="Refusal"/> says which member is at fault.
/// </summary>
internal sealed class TypePlans(Lazy<StreamerInfos> infos)
{
    internal const int Base = 0, Object = 61, AnyObject = 62;
    private const int Stl = 300, StlString = 365, Custom = 500, TString = 65, TObject = 66, TNamed = 67, CharStar = 7, Bits = 15;
    private const int FixedArray = 20, CountedArray = 40, BeyondArrays = 60;
    private const int DeepestNesting = 8;

    // Classes whose members are classes multiply; a damaged description could do so without end.
    private const int MostMembers = 256;
    private int _members;
    private bool _namesMember;

    /// <summary>Why the last type asked for has no plan.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>The plan of a collection, a text or an object that stands alone; null for any other type.</summary>
    public ItemPlan? Of(string typeName)
    {
        Begin();
        return TypeName.Parse(typeName) is { } type ? Bare(type, 0) : null;
    }

    /// <summary>The plan of an object of that class that fills a branch; null if it is not read.</summary>
    public ItemPlan? OfWhole(string className, uint checksum)
    {
        Begin();
        if (ItemPlans.BuiltIn(className) is { } builtIn) return builtIn;
        return infos.Value.All.LastOrDefault(info => info.ClassName == className && info.Checksum == checksum)
            is not { } info ? Undescribed(className)
            : Class(info, 0) is { } plan ? plan with { Head = ObjectHead.Perhaps } : null;
    }

    /// <summary>
    /// The plan of an object of that class in whatever version the file describes last, with a head; null if it is not read.
    /// </summary>
    public RecordPlan? OfObject(string className)
    {
        Begin();
        return Class(className, 0) as RecordPlan;
    }

    /// <summary>The plan of one class member; null if it is none that is read.</summary>
    public ItemPlan? OfMember(int code, string typeName, string comment, ImmutableArray<int> dimensions)
    {
        Begin();
        return Member(code, typeName, comment, dimensions, 0);
    }

    private void Begin() => (_members, Refusal, _namesMember) = (0, "", false);

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
            case "vector"
            or "ROOT::VecOps::RVec"
            or "ROOT::RVec"
            or "set"
            or "multiset"
            or "unordered_set"
            or "unordered_multiset"
            or "list"
            or "deque":
                return Bare(type.Arguments[0], depth + 1) is { } element ? new ListPlan(element) : null;
            case "map" or "multimap" or "unordered_map" or "unordered_multimap" when type.Arguments.Count >= 2 && depth == 0:
                return Headed(type.Arguments[0], depth + 1) is { } key && Headed(type.Arguments[1], depth + 1) is { } value
                    ? new ListPlan(new RecordPlan("pair", [("first", key), ("second", value)], ObjectHead.Never) { IsPair = true }) : null;
            default: return Class(type.Text, depth);
        }
    }

    // As a member: collections and std::string have a head, once for all objects that are written together.
    private ItemPlan? Headed(TypeName type, int depth) => Bare(type, depth) switch
    {
        TextPlan when type.Name == "TString" => new TextPlan(),
        { } plan when ItemPlans.BuiltIn(type.Name) is not null => plan,
        (TextPlan or ListPlan) and { } plan => new HeadPlan(plan),
        var other => other,
    };

    private ItemPlan? Class(string name, int depth) =>
        ItemPlans.BuiltIn(name) is { } builtIn ? builtIn : infos.Value.Find(name) is { } info ? Class(info, depth) : Undescribed(name);

    private RecordPlan? Class(StreamerInfo info, int depth)
    {
        if (info.Elements.Count == 0) return Undescribed(info.ClassName);
        var members = ImmutableArray.CreateBuilder<(string, ItemPlan)>();
        foreach (StreamerElement element in info.Elements)
        {
            if (++_members > MostMembers) return Refuse($"{info.ClassName} has more than {MostMembers} members");
            // ROOT 5 noted collections that it wrote by code of its own; the bytes are the same.
            int code = element is { Type: Custom, ElementClass: "TStreamerSTL" or "TStreamerSTLstring", Dimensions.Length: 0 }
                ? Stl
                : element.Type;
            ItemPlan? plan = Counted(element, members)
                ?? Member(code, element.TypeName, element.Title, [.. element.Dimensions], depth + 1, element.Name);
            if (plan is null) return RefuseMember($"its member {info.ClassName}::{element.Name} of type {element.TypeName} is not read");
            members.Add((element.Name, plan));
        }
        return new RecordPlan(info.ClassName, members.ToImmutable(), ObjectHead.Always)
        {
            Version = info.ClassVersion,
            Checksum = info.Checksum,
        };
    }

    // The member that counts stands before the array, in the class or in a base.
    private static CountedPlan? Counted(StreamerElement element, IEnumerable<(string Name, ItemPlan Plan)> before) =>
        element is { Type: > CountedArray and < BeyondArrays, Extra.Count: > 1 }
            && ElementTypes.OfStreamerType(element.Type - CountedArray, element.Title) is { } coding
            && before.Any(member => Counts(member, element.Extra[1]))
                ? new CountedPlan(new NumberPlan(coding, []), element.Extra[1])
                : null;

    private static bool Counts((string Name, ItemPlan Plan) member, string name) => member.Plan switch
    {
        RecordPlan { IsBase: true } inherited => inherited.Members.Any(one => Counts(one, name)),
        NumberPlan number => member.Name == name && number.IsCount,
        _ => false,
    };

    private RecordPlan? Undescribed(string name) => Refuse($"the file does not describe {name}");

    private RecordPlan? Refuse(string reason)
    {
        if (Refusal.Length == 0) Refusal = reason;
        return null;
    }

    // The innermost member is the one that helps.
    private RecordPlan? RefuseMember(string reason)
    {
        if (!_namesMember) Refusal = Refusal.Length > 0 ? $"{reason}: {Refusal}" : reason;
        _namesMember = true;
        return null;
    }

    private ItemPlan? Member(int code, string typeName, string comment, ImmutableArray<int> dimensions, int depth, string name = "")
    {
        if (depth > DeepestNesting) return null;
        switch (code)
        {
            case TString: return new TextPlan();
            case CharStar: return new TextPlan(HasLongLength: true);
            case TObject: return ItemPlans.TObject;
            case TNamed: return ItemPlans.TNamed;
            case Base when name.Length == 0: return null; // a base of a branch of its own
            case Base:
                return ItemPlans.BuiltIn(name) ?? (Class(name, depth) is RecordPlan inherited ? inherited with { IsBase = true } : null);
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
}
