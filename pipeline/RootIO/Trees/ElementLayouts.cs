using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>The layout of a TBranchElement: a whole STL object, or a member of a split one (spec sections 3.3, 4.3, 4.4).</summary>
internal sealed class ElementLayouts(Lazy<StreamerInfos> infos)
{
    private const int Bare = -1, Whole = -1, Stl = 300, StlString = 365, TString = 65;
    private const int MemberOfClones = 31, MemberOfCollection = 41;
    private const int FixedArray = 20, CountedArray = 40, BeyondArrays = 60;

    // Byte count 4, version 2; then the number of elements 4.
    private const int ObjectHead = 6, VectorHead = 10;

    // A pointer to an array has one byte in front that says whether there is one.
    private const int PointerFlag = 1;

    /// <summary>The branch's layout, or null if it only groups its children.</summary>
    public ValueLayout? Of(BranchRecord branch, ElementRecord element)
    {
        int length = branch.Leaves is [LeafRecord leaf, ..] ? leaf.Length : 1;
        switch (element.Type)
        {
            case 1 or 2: return null;
            case Bare: return Object(element.ClassName, Whole);
            case 3 or 4: return branch.Branches.Count > 0 ? Fixed(ValueType.Plain(ColumnType.Int32), 1) : Unread(element.ClassName);
            case 0 when branch.Branches.Count > 0 && element.StreamerType is Whole or 0 or 61 or 62 && branch.Branches.Count > 0: return null;
            case 0: return Own(branch, element, length);
            case MemberOfClones or MemberOfCollection: return Member(branch, element, length);
            default: return Unread(element.ClassName);
        }
    }

    private ValueLayout Own(BranchRecord branch, ElementRecord element, int length)
    {
        int code = element.StreamerType;
        if (code is Whole or Stl or StlString or TString) return Object(code == Whole ? element.ClassName : TypeName(branch, element), code);
        if (code > 0 && IsRanged(branch, element)) return ValueLayout.Unread("Double32_t", "floating-point numbers with a range are not yet read");
        if (code < FixedArray) return ElementTypes.OfStreamerType(code) is { } single ? Fixed(single, 1) : Unread(TypeName(branch, element));
        if (code < CountedArray) return ElementTypes.OfStreamerType(code - FixedArray) is { } item ? Fixed(item, length) : Unread(TypeName(branch, element));
        if (code < BeyondArrays && ElementTypes.OfStreamerType(code - CountedArray) is { } counted) return Jagged(counted, PointerFlag, null, 1);
        return Unread(TypeName(branch, element));
    }

    private ValueLayout Member(BranchRecord branch, ElementRecord element, int length)
    {
        // A process id may follow the bits of each object, so these two are not arrays of numbers.
        if (branch.Name.EndsWith("fBits", StringComparison.Ordinal) || branch.Name.EndsWith("fUniqueID", StringComparison.Ordinal))
            return ValueLayout.Unread("unsigned int", "the TObject part of split objects is not read");
        if (IsRanged(branch, element)) return ValueLayout.Unread("Double32_t", "floating-point numbers with a range are not yet read");
        int code = element.StreamerType;
        int basic = code is > FixedArray and < CountedArray ? code - FixedArray : code;
        return ElementTypes.OfStreamerType(basic) is { } type ? Jagged(type, 0, element.Counts, basic == code ? 1 : length) : Unread(TypeName(branch, element));
    }

    private static ValueLayout Object(string typeName, int code)
    {
        if (typeName is "string" or "std::string" or "TString")
            return new ValueLayout(LayoutKind.Text, typeName) { Stored = ColumnType.UInt8, Type = ColumnType.UInt8, HeadBytes = code is Stl or StlString ? ObjectHead : 0 };
        if (ElementTypes.ElementOfCollection(typeName) is { } element && ElementTypes.OfName(element) is { } type)
            return Jagged(type, VectorHead, null, 1) with { TypeName = typeName };
        return Unread(typeName);
    }

    private static ValueLayout Fixed(ValueType type, int length) =>
        new(LayoutKind.Fixed, ColumnTypes.Name(type.Type) + (length > 1 ? $"[{length}]" : ""))
        { Stored = type.Stored, Type = type.Type, PerItem = length, Dimensions = length > 1 ? [length] : [], EntryBytes = length * ColumnTypes.Size(type.Stored) };

    private static ValueLayout Jagged(ValueType type, int headBytes, BranchRecord? counts, int length) =>
        new(LayoutKind.Jagged, ColumnTypes.Name(type.Type) + "[]" + (length > 1 ? $"[{length}]" : ""))
        { Stored = type.Stored, Type = type.Type, PerItem = length, Dimensions = length > 1 ? [length] : [], HeadBytes = headBytes, Counts = counts };

    private static ValueLayout Unread(string typeName) => ValueLayout.Unread(typeName, $"objects of type {typeName} are not yet read");

    // The branch knows only its parent's class; the member's type is in the file's streamer infos.
    private string TypeName(BranchRecord branch, ElementRecord element) => Described(branch, element)?.TypeName ?? element.ClassName;

    private bool IsRanged(BranchRecord branch, ElementRecord element) =>
        element.StreamerType % FixedArray is 9 or 19 && Described(branch, element) is { } member && member.Title.StartsWith('[');

    private StreamerElement? Described(BranchRecord branch, ElementRecord element)
    {
        string name = branch.Name[(branch.Name.LastIndexOf('.') + 1)..];
        int bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket >= 0) name = name[..bracket];
        StreamerInfos known = infos.Value;
        return known.Member(element.ClassName, name) ?? known.Member(element.ParentName, name) ?? known.Member(element.ClonesName, name);
    }
}
