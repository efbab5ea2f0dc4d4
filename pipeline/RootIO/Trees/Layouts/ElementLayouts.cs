using System.Collections.Immutable;
using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>
/// The layouts of a TBranchElement: a whole object or collection, or a member of a split one (guide sections 3.3, 4.3, 4.4).
/// </summary>
internal sealed class ElementLayouts(Lazy<StreamerInfos> infos)
{
    private const int Bare = -1, Whole = -1, Stl = 300, StlString = 365, Bits = 15;
    private const int BaseNode = 1, ObjectNode = 2, Clones = 3, Collection = 4, MemberOfClones = 31, MemberOfCollection = 41;
    private const int FixedArray = 20, CountedArray = 40, BeyondArrays = 60;

    // A pointer to an array has one byte in front that says whether there is one.
    private const int PointerFlag = 1;

    private readonly TypePlans _types = new(infos);

    /// <summary>The columns of a TBranchObject: objects of one class with a head each, perhaps behind its name.</summary>
    public IEnumerable<(string? Field, ValueLayout Layout)> OfObjects(BranchRecord branch)
    {
        if (branch.Branches.Count > 0) return []; // it is split: its branches hold all
        return _types.OfObject(branch.ObjectClass) is not { } plan ? One(Unread(branch.ObjectClass, _types.Refusal))
            : ValueLayout.Nested(branch.ObjectClass, branch.Leaves is [{ IsVirtual: true }, ..] ? new NamedPlan(plan) : plan);
    }

    /// <summary>The branch's columns: none if it only groups its children, several for maps and objects.</summary>
    public IEnumerable<(string? Field, ValueLayout Layout)> Of(BranchRecord branch, ElementRecord element)
    {
        switch (element.Type)
        {
            case BaseNode or ObjectNode: return [];
            case Bare: return Alone(element.ClassName, element.Checksum);
            case Clones or Collection:
                return One(
                    branch.Branches.Count > 0 ? ValueLayout.Fixed(NumberCoding.Plain(ColumnType.Int32), []) : Unread(element.ClassName));
            case 0
                when branch.Branches.Count > 0
                    && element.StreamerType is Whole or TypePlans.Base or TypePlans.Object or TypePlans.AnyObject:
                return [];
            case 0 when element.StreamerType == Whole: return Alone(element.ClassName, element.Checksum);
            case 0: return Own(branch, element);
            case MemberOfClones or MemberOfCollection: return Member(branch, element);
            default: return One(Unread(element.ClassName));
        }
    }

    // A collection of numbers has the fast reader; whatever else has a plan, the general one.
    private IEnumerable<(string?, ValueLayout)> Alone(string typeName, uint checksum = 0)
    {
        if (ItemPlans.BuiltIn(typeName) is { } builtIn) return ValueLayout.Nested(typeName, builtIn);
        switch (_types.Of(typeName))
        {
            case ListPlan { Element: NumberPlan numbers }:
                return One(ValueLayout.Jagged(numbers.Coding, [], VectorHead.Bytes, null) with { TypeName = typeName });
            case ListPlan list: return ValueLayout.Nested(typeName, new HeadPlan(list));
            case TextPlan text: return ValueLayout.Nested(typeName, text);
            default:
                string refusal = _types.Refusal;
                return _types.OfWhole(typeName, checksum) is { } whole ? ValueLayout.Nested(typeName, whole)
                    : One(Unread(typeName, refusal.Length > 0 ? refusal : _types.Refusal));
        }
    }

    private IEnumerable<(string?, ValueLayout)> Own(BranchRecord branch, ElementRecord element)
    {
        int code = element.StreamerType;
        StreamerElement? described = Described(branch, element);
        string typeName = described?.TypeName ?? element.ClassName, comment = described?.Title ?? "";
        if (code == Bits && IsBits(branch)) return ValueLayout.Nested("unsigned int", new BitsPlan());
        if (code is > CountedArray and < BeyondArrays && ElementTypes.OfStreamerType(code - CountedArray, comment) is { } counted)
            return One(ValueLayout.Jagged(counted, [], PointerFlag, null));
        if (code == Stl && _types.Of(typeName) is ListPlan { Element: NumberPlan }) return Alone(typeName);
        return Planned(branch, code, typeName, comment) switch
        {
            null => One(Unread(typeName, _types.Refusal)),
            NumberPlan numbers => One(ValueLayout.Fixed(numbers.Coding, numbers.Dimensions)),
            var plan => ValueLayout.Nested(typeName, plan),
        };
    }

    private IEnumerable<(string?, ValueLayout)> Member(BranchRecord branch, ElementRecord element)
    {
        StreamerElement? described = Described(branch, element);
        string typeName = described?.TypeName ?? element.ClassName, comment = described?.Title ?? "";
        if (element.StreamerType == Bits && IsBits(branch)) return Counted("unsigned int", new BitsPlan(), element);
        return Planned(branch, element.StreamerType, typeName, comment) switch
        {
            null => One(Unread(typeName, _types.Refusal)),
            NumberPlan numbers => One(ValueLayout.Jagged(numbers.Coding, numbers.Dimensions, 0, element.Counts)),
            var plan => Counted(typeName, plan, element),
        };
    }

    private static IEnumerable<(string?, ValueLayout)> Counted(string typeName, ItemPlan plan, ElementRecord element) =>
        element.Counts is null
        ? One(ValueLayout.Unread(typeName, "no branch counts its objects"))
        : ValueLayout.Nested(typeName, plan, element.Counts);

    private ItemPlan? Planned(BranchRecord branch, int code, string typeName, string comment)
    {
        int length = branch.Leaves is [LeafRecord leaf, ..] ? leaf.Length : 1;
        if (code == Bits) return new NumberPlan(NumberCoding.Plain(ColumnType.UInt32), []);
        string type = code == StlString ? "string" : typeName;
        ImmutableArray<int> dimensions = code is > FixedArray and < CountedArray
            ? FixedDimensions.Of(branch.Leaves is [LeafRecord first, ..] ? first.Title : branch.Name, length)
            : [];
        return _types.OfMember(code, type, comment, dimensions);
    }

    private static IEnumerable<(string?, ValueLayout)> One(ValueLayout layout) => [(null, layout)];

    private static ValueLayout Unread(string typeName, string refusal = "") =>
        ValueLayout.Unread(typeName, $"objects of type {typeName} are not read{(refusal.Length > 0 ? ": " : "")}{refusal}");

    private static bool IsBits(BranchRecord branch) => branch.Name == "fBits" || branch.Name.EndsWith(".fBits", StringComparison.Ordinal);

    // The branch knows only its parent's class; the member's type is in the file's streamer infos.
    private StreamerElement? Described(BranchRecord branch, ElementRecord element)
    {
        string name = branch.Name[(branch.Name.LastIndexOf('.') + 1)..];
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket >= 0) name = name[..bracket];
        StreamerInfos known = infos.Value;
        return known.Member(element.ClassName, name) ?? known.Member(element.ParentName, name) ?? known.Member(element.ClonesName, name);
    }
}
