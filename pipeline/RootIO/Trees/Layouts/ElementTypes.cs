using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>How numbers are stored, by leaf class, by ROOT's code for a class member, and by C++ type name.</summary>
internal static class ElementTypes
{
    /// <summary>By the class of a leaf (guide section 3.4).</summary>
    public static NumberCoding? OfLeaf(LeafRecord leaf) => leaf.ClassName switch
    {
        "TLeafO" => NumberCoding.Plain(ColumnType.Bool),
        "TLeafB" => Signed(leaf, ColumnType.Int8, ColumnType.UInt8),
        "TLeafS" => Signed(leaf, ColumnType.Int16, ColumnType.UInt16),
        "TLeafI" => Signed(leaf, ColumnType.Int32, ColumnType.UInt32),
        "TLeafL" or "TLeafG" => Signed(leaf, ColumnType.Int64, ColumnType.UInt64),
        "TLeafF" => NumberCoding.Plain(ColumnType.Float32),
        "TLeafD" => NumberCoding.Plain(ColumnType.Float64),
        "TLeafD32" => NumberCoding.Double32(FloatRange.Find(leaf.Title)),
        "TLeafF16" => NumberCoding.Float16(FloatRange.Find(leaf.Title)),
        _ => null,
    };

    /// <summary>By ROOT's code for a basic type of a class member (guide section 3.3), with the member's comment for its range.</summary>
    public static NumberCoding? OfStreamerType(int code, string comment) => code switch
    {
        1 => NumberCoding.Plain(ColumnType.Int8),
        2 => NumberCoding.Plain(ColumnType.Int16),
        3 => NumberCoding.Plain(ColumnType.Int32),
        6 => NumberCoding.Plain(ColumnType.UInt32), // a member that counts others: never negative
        4 or 16 => NumberCoding.Plain(ColumnType.Int64),
        5 => NumberCoding.Plain(ColumnType.Float32),
        8 => NumberCoding.Plain(ColumnType.Float64),
        9 => NumberCoding.Double32(FloatRange.Find(comment)),
        11 => NumberCoding.Plain(ColumnType.UInt8),
        12 => NumberCoding.Plain(ColumnType.UInt16),
        13 or 15 => NumberCoding.Plain(ColumnType.UInt32),
        14 or 17 => NumberCoding.Plain(ColumnType.UInt64),
        18 => NumberCoding.Plain(ColumnType.Bool),
        19 => NumberCoding.Float16(FloatRange.Find(comment)),
        _ => null,
    };

    /// <summary>By C++ or ROOT name.</summary>
    public static NumberCoding? OfName(string name) => name switch
    {
        "bool" or "Bool_t" => NumberCoding.Plain(ColumnType.Bool),
        "char" or "signed char" or "Char_t" or "int8_t" => NumberCoding.Plain(ColumnType.Int8),
        "unsigned char" or "UChar_t" or "uint8_t" or "Byte_t" => NumberCoding.Plain(ColumnType.UInt8),
        "short" or "Short_t" or "int16_t" => NumberCoding.Plain(ColumnType.Int16),
        "unsigned short" or "UShort_t" or "uint16_t" => NumberCoding.Plain(ColumnType.UInt16),
        "int" or "Int_t" or "int32_t" => NumberCoding.Plain(ColumnType.Int32),
        "unsigned int" or "unsigned" or "UInt_t" or "uint32_t" => NumberCoding.Plain(ColumnType.UInt32),
        "long" or "long long" or "Long_t" or "Long64_t" or "int64_t" => NumberCoding.Plain(ColumnType.Int64),
        "unsigned long" or "unsigned long long" or "ULong_t" or "ULong64_t" or "uint64_t" => NumberCoding.Plain(ColumnType.UInt64),
        "float" or "Float_t" => NumberCoding.Plain(ColumnType.Float32),
        "double" or "Double_t" => NumberCoding.Plain(ColumnType.Float64),
        "Double32_t" => NumberCoding.Double32(null),
        "Float16_t" => NumberCoding.Float16(null),
        _ => null,
    };

    private static NumberCoding Signed(LeafRecord leaf, ColumnType signed, ColumnType unsigned) =>
        NumberCoding.Plain(leaf.IsUnsigned ? unsigned : signed);
}
