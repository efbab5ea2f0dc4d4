using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>A value's type in the file and in memory.</summary>
internal readonly record struct ValueType(ColumnType Stored, ColumnType Type)
{
    public static ValueType Plain(ColumnType type) => new(type, type);

    /// <summary>Double32_t without a range: written as float, meant as double.</summary>
    public static ValueType Double32 => new(ColumnType.Float32, ColumnType.Float64);
}

/// <summary>The value types of leaves, of class members and of C++ type names.</summary>
internal static class ElementTypes
{
    public static ValueType? OfLeaf(LeafRecord leaf) => leaf.ClassName switch
    {
        "TLeafO" => ValueType.Plain(ColumnType.Bool),
        "TLeafB" => Signed(leaf, ColumnType.Int8, ColumnType.UInt8),
        "TLeafS" => Signed(leaf, ColumnType.Int16, ColumnType.UInt16),
        "TLeafI" => Signed(leaf, ColumnType.Int32, ColumnType.UInt32),
        "TLeafL" or "TLeafG" => Signed(leaf, ColumnType.Int64, ColumnType.UInt64),
        "TLeafF" => ValueType.Plain(ColumnType.Float32),
        "TLeafD" => ValueType.Plain(ColumnType.Float64),
        _ => null,
    };

    /// <summary>By ROOT's code for a basic type of a class member (spec section 3.3).</summary>
    public static ValueType? OfStreamerType(int code) => code switch
    {
        1 => ValueType.Plain(ColumnType.Int8),
        2 => ValueType.Plain(ColumnType.Int16),
        3 => ValueType.Plain(ColumnType.Int32),
        6 => ValueType.Plain(ColumnType.UInt32), // a member that counts others: never negative
        4 or 16 => ValueType.Plain(ColumnType.Int64),
        5 => ValueType.Plain(ColumnType.Float32),
        8 => ValueType.Plain(ColumnType.Float64),
        9 => ValueType.Double32,
        11 => ValueType.Plain(ColumnType.UInt8),
        12 => ValueType.Plain(ColumnType.UInt16),
        13 or 15 => ValueType.Plain(ColumnType.UInt32),
        14 or 17 => ValueType.Plain(ColumnType.UInt64),
        18 => ValueType.Plain(ColumnType.Bool),
        _ => null,
    };

    /// <summary>By C++ or ROOT name.</summary>
    public static ValueType? OfName(string name) => name.Trim() switch
    {
        "bool" or "Bool_t" => ValueType.Plain(ColumnType.Bool),
        "char" or "signed char" or "Char_t" or "int8_t" => ValueType.Plain(ColumnType.Int8),
        "unsigned char" or "UChar_t" or "uint8_t" or "Byte_t" => ValueType.Plain(ColumnType.UInt8),
        "short" or "Short_t" or "int16_t" => ValueType.Plain(ColumnType.Int16),
        "unsigned short" or "UShort_t" or "uint16_t" => ValueType.Plain(ColumnType.UInt16),
        "int" or "Int_t" or "int32_t" => ValueType.Plain(ColumnType.Int32),
        "unsigned int" or "unsigned" or "UInt_t" or "uint32_t" => ValueType.Plain(ColumnType.UInt32),
        "long" or "long long" or "Long_t" or "Long64_t" or "int64_t" => ValueType.Plain(ColumnType.Int64),
        "unsigned long" or "unsigned long long" or "ULong_t" or "ULong64_t" or "uint64_t" => ValueType.Plain(ColumnType.UInt64),
        "float" or "Float_t" => ValueType.Plain(ColumnType.Float32),
        "double" or "Double_t" => ValueType.Plain(ColumnType.Float64),
        "Double32_t" => ValueType.Double32,
        _ => null,
    };

    /// <summary>The element's name of a collection of simple things, or null for any other type.</summary>
    public static string? ElementOfCollection(string typeName)
    {
        int open = typeName.IndexOf('<', StringComparison.Ordinal);
        if (open < 0 || !typeName.EndsWith('>')) return null;
        string collection = typeName[..open].Replace("std::", "", StringComparison.Ordinal).Trim();
        string arguments = typeName[(open + 1)..^1];
        if (arguments.Contains('<', StringComparison.Ordinal) && !arguments.Contains("allocator<", StringComparison.OrdinalIgnoreCase)) return null;
        return collection is "vector" or "ROOT::VecOps::RVec" or "ROOT::RVec" or "set" or "multiset" or "unordered_set" or "list" or "deque"
            ? arguments.Split(',')[0].Trim() : null;
    }

    private static ValueType Signed(LeafRecord leaf, ColumnType signed, ColumnType unsigned) => ValueType.Plain(leaf.IsUnsigned ? unsigned : signed);
}
