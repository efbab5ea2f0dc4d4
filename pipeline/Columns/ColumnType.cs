namespace TauPipeline.Columns;

/// <summary>The type of one value of a column.</summary>
public enum ColumnType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,
    /// <summary>Signed, 1 byte.</summary>
    Int8,
    /// <summary>Unsigned, 1 byte.</summary>
    UInt8,
    /// <summary>Signed, 2 bytes.</summary>
    Int16,
    /// <summary>Unsigned, 2 bytes.</summary>
    UInt16,
    /// <summary>Signed, 4 bytes.</summary>
    Int32,
    /// <summary>Unsigned, 4 bytes.</summary>
    UInt32,
    /// <summary>Signed, 8 bytes.</summary>
    Int64,
    /// <summary>Unsigned, 8 bytes.</summary>
    UInt64,
    /// <summary>IEEE 754, 4 bytes.</summary>
    Float32,
    /// <summary>IEEE 754, 8 bytes.</summary>
    Float64,
}

/// <summary>What a <see cref="ColumnType"/> is in .NET and on disk.</summary>
public static class ColumnTypes
{
    /// <summary>The column type of a .NET type.</summary>
    /// <exception cref="Foundation.Defect">No column holds such values.</exception>
    public static ColumnType Of<T>() where T : unmanaged => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Boolean => ColumnType.Bool,
        TypeCode.SByte => ColumnType.Int8,
        TypeCode.Byte => ColumnType.UInt8,
        TypeCode.Int16 => ColumnType.Int16,
        TypeCode.UInt16 => ColumnType.UInt16,
        TypeCode.Int32 => ColumnType.Int32,
        TypeCode.UInt32 => ColumnType.UInt32,
        TypeCode.Int64 => ColumnType.Int64,
        TypeCode.UInt64 => ColumnType.UInt64,
        TypeCode.Single => ColumnType.Float32,
        TypeCode.Double => ColumnType.Float64,
        _ => throw new Foundation.Defect($"no column holds values of {typeof(T).Name}"),
    };

    /// <summary>Bytes of one value.</summary>
    public static int Size(ColumnType type) => type switch
    {
        ColumnType.Bool or ColumnType.Int8 or ColumnType.UInt8 => 1,
        ColumnType.Int16 or ColumnType.UInt16 => 2,
        ColumnType.Int32 or ColumnType.UInt32 or ColumnType.Float32 => 4,
        _ => 8,
    };

    /// <summary>The type of that name.</summary>
    /// <exception cref="Foundation.StepFailed">No type has it.</exception>
    public static ColumnType Parse(string name) =>
        Enum.GetValues<ColumnType>().Cast<ColumnType?>().FirstOrDefault(type => Name(type!.Value) == name)
        ?? throw ColumnErrors.NoType(name);

    /// <summary>The name as NumPy writes it: <c>float32</c>, <c>uint64</c>, <c>bool</c>.</summary>
    public static string Name(ColumnType type) => type.ToString().ToLowerInvariant();
}
