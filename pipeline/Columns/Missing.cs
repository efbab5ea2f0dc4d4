using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>
/// What "there is no such value" is in a column of each type: NaN for floats, the lowest value for signed integers. Unsigned
/// integers and truth values have no value to spare: where some may be missing, a column of <see cref="Widened"/> type takes them.
/// Everything that reads columns as numbers (<see cref="Column.ToDoubles()"/>, expressions, scaling, histograms) goes by this page.
/// </summary>
public static class Missing
{
    /// <summary>Whether a column of that type can say that a value is missing.</summary>
    public static bool In(ColumnType type) => Widened(type) == type;

    /// <summary>
    /// The narrowest type that holds what that one holds and can miss besides; of uint64 it is int64, to which only half of its range
    /// goes.
    /// </summary>
    public static ColumnType Widened(ColumnType type) => type switch
    {
        ColumnType.Bool => ColumnType.Int8,
        ColumnType.UInt8 => ColumnType.Int16,
        ColumnType.UInt16 => ColumnType.Int32,
        ColumnType.UInt32 or ColumnType.UInt64 => ColumnType.Int64,
        _ => type,
    };

    /// <summary>The value that stands for "missing".</summary>
    /// <exception cref="Defect">The type has none.</exception>
    public static T Of<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return (T)(object)float.NaN;
        if (typeof(T) == typeof(double)) return (T)(object)double.NaN;
        if (typeof(T) == typeof(sbyte)) return (T)(object)sbyte.MinValue;
        if (typeof(T) == typeof(short)) return (T)(object)short.MinValue;
        if (typeof(T) == typeof(int)) return (T)(object)int.MinValue;
        if (typeof(T) == typeof(long)) return (T)(object)long.MinValue;
        throw new Defect($"a column of {typeof(T).Name} cannot miss a value");
    }

    /// <summary>Whether a value stands for "missing"; never for a type that has no value to spare.</summary>
    public static bool Is<T>(T value) where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return float.IsNaN((float)(object)value);
        if (typeof(T) == typeof(double)) return double.IsNaN((double)(object)value);
        if (typeof(T) == typeof(sbyte)) return (sbyte)(object)value == sbyte.MinValue;
        if (typeof(T) == typeof(short)) return (short)(object)value == short.MinValue;
        if (typeof(T) == typeof(int)) return (int)(object)value == int.MinValue;
        return typeof(T) == typeof(long) && (long)(object)value == long.MinValue;
    }

    /// <summary>A column of which every value is missing.</summary>
    /// <exception cref="Defect">The type cannot miss, or the column is jagged.</exception>
    public static Column Everywhere(ColumnSpec spec, int rows) => spec switch
    {
        { IsJagged: true } => throw new Defect($"a list cannot be missing: '{spec.Name}'"),
        { Type: ColumnType.Float32 } => Everywhere<float>(spec.Name, rows),
        { Type: ColumnType.Float64 } => Everywhere<double>(spec.Name, rows),
        { Type: ColumnType.Int8 } => Everywhere<sbyte>(spec.Name, rows),
        { Type: ColumnType.Int16 } => Everywhere<short>(spec.Name, rows),
        { Type: ColumnType.Int32 } => Everywhere<int>(spec.Name, rows),
        { Type: ColumnType.Int64 } => Everywhere<long>(spec.Name, rows),
        _ => throw new Defect($"a column of {spec.TypeName} cannot miss a value"),
    };

    private static Column<T> Everywhere<T>(string name, int rows) where T : unmanaged
    {
        var values = new T[rows];
        Array.Fill(values, Of<T>());
        return new Column<T>(name, values);
    }
}
