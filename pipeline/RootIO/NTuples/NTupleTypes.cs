using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>The type in memory of a field's values: by its C++ name, else as they are stored.</summary>
internal static class NTupleTypes
{
    /// <summary>Null if some representation stores another kind of value (a number for a bool, a real for an integer).</summary>
    public static ColumnType? Of(string typeName, IReadOnlyList<NTupleColumnRecord> columns)
    {
        ColumnType? type = OfName(typeName) ?? OfEncoding(columns[0].Encoding);
        return type is { } known && columns.All(column => OfEncoding(column.Encoding) is { } stored && Family(stored) == Family(known))
            ? type
            : null;
    }

    private static ColumnType? OfName(string typeName)
    {
        string name = typeName.StartsWith("std::", StringComparison.Ordinal) ? typeName["std::".Length..] : typeName;
        return name is "byte" ? ColumnType.UInt8
            : name.StartsWith("bitset<", StringComparison.Ordinal) ? ColumnType.Bool
            : ElementTypes.OfName(name)?.Type;
    }

    private static ColumnType? OfEncoding(NTupleEncoding encoding) => encoding switch
    {
        NTupleEncoding.Bit => ColumnType.Bool,
        NTupleEncoding.Byte or NTupleEncoding.UInt8 => ColumnType.UInt8,
        NTupleEncoding.Char or NTupleEncoding.Int8 => ColumnType.Int8,
        NTupleEncoding.Int16 or NTupleEncoding.SplitInt16 => ColumnType.Int16,
        NTupleEncoding.UInt16 or NTupleEncoding.SplitUInt16 => ColumnType.UInt16,
        NTupleEncoding.Int32 or NTupleEncoding.SplitInt32 => ColumnType.Int32,
        NTupleEncoding.UInt32 or NTupleEncoding.SplitUInt32 => ColumnType.UInt32,
        NTupleEncoding.Int64 or NTupleEncoding.SplitInt64 => ColumnType.Int64,
        NTupleEncoding.UInt64 or NTupleEncoding.SplitUInt64 => ColumnType.UInt64,
        NTupleEncoding.Real16 or NTupleEncoding.SplitReal16 or NTupleEncoding.Real32 or NTupleEncoding.SplitReal32
            or NTupleEncoding.Real32Trunc or NTupleEncoding.Real32Quant => ColumnType.Float32,
        NTupleEncoding.Real64 or NTupleEncoding.SplitReal64 => ColumnType.Float64,
        _ => null,
    };

    private static int Family(ColumnType type) =>
        type switch
        {
            ColumnType.Bool => 0,
            ColumnType.Float32 or ColumnType.Float64 => 2,
            _ => 1,
        };
}
