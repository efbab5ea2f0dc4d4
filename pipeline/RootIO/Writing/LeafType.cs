using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>ROOT's names for a column's value type: leaf class, letter in titles, vector class and its checksum (spec sections 3.4 and 7.3).</summary>
internal sealed record LeafType(string LeafClass, char Letter, bool IsUnsigned, string VectorElement, uint VectorChecksum, int StreamerCode)
{
    public string VectorClass => $"vector<{VectorElement}>";

    public static LeafType Of(ColumnType type) => type switch
    {
        ColumnType.Bool => new("TLeafO", 'O', true, "bool", 29929751, 18),
        ColumnType.Int8 => new("TLeafB", 'B', false, "char", 29929535, 1),
        ColumnType.UInt8 => new("TLeafB", 'b', true, "unsigned char", 728903898, 11),
        ColumnType.Int16 => new("TLeafS", 'S', false, "short", 89793095, 2),
        ColumnType.UInt16 => new("TLeafS", 's', true, "unsigned short", 2186716184, 12),
        ColumnType.Int32 => new("TLeafI", 'I', false, "int", 9976712, 3),
        ColumnType.UInt32 => new("TLeafI", 'i', true, "unsigned int", 3106279697, 13),
        ColumnType.Int64 => new("TLeafL", 'L', false, "Long64_t", 2424165566, 16),
        ColumnType.UInt64 => new("TLeafL", 'l', true, "ULong64_t", 2977495147, 17),
        ColumnType.Float32 => new("TLeafF", 'F', false, "float", 89790107, 5),
        _ => new("TLeafD", 'D', false, "double", 269370212, 8),
    };
}
