using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>
/// ROOT's names for a column's value type: leaf class, letter in titles, the word in names of vectors and its code (spec sections 3.4 and
/// 7.3).
/// </summary>
internal sealed record LeafType(string LeafClass, char Letter, bool IsUnsigned, string VectorElement, int StreamerCode)
{
    /// <summary>C strings, which no vector holds.</summary>
    public static LeafType Text { get; } = new("TLeafC", 'C', false, "", 0);

    public static LeafType Of(ColumnType type) => type switch
    {
        ColumnType.Bool => new("TLeafO", 'O', true, "bool", 18),
        ColumnType.Int8 => new("TLeafB", 'B', false, "char", 1),
        ColumnType.UInt8 => new("TLeafB", 'b', true, "unsigned char", 11),
        ColumnType.Int16 => new("TLeafS", 'S', false, "short", 2),
        ColumnType.UInt16 => new("TLeafS", 's', true, "unsigned short", 12),
        ColumnType.Int32 => new("TLeafI", 'I', false, "int", 3),
        ColumnType.UInt32 => new("TLeafI", 'i', true, "unsigned int", 13),
        ColumnType.Int64 => new("TLeafL", 'L', false, "Long64_t", 16),
        ColumnType.UInt64 => new("TLeafL", 'l', true, "ULong64_t", 17),
        ColumnType.Float32 => new("TLeafF", 'F', false, "float", 5),
        _ => new("TLeafD", 'D', false, "double", 8),
    };
}
