using System.Numerics;
using System.Runtime.InteropServices;
using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>
/// The same values in another type. Whole numbers stay exactly what they are, or it is refused; floats are rounded to the precision of
/// the type asked for. What is <see cref="Missing"/> stays missing.
/// </summary>
public static class ColumnCast
{
    /// <summary>
    /// Whether values of one type may be taken as the other: whole numbers as any number, floats as floats, truth values as any number.
    /// </summary>
    public static bool IsAllowed(ColumnType from, ColumnType to) => from == to || to != ColumnType.Bool && (!IsFloat(from) || IsFloat(to));

    /// <summary>Whether that type holds floats.</summary>
    public static bool IsFloat(ColumnType type) => type is ColumnType.Float32 or ColumnType.Float64;

    /// <summary>The column in that type; itself if it is of it.</summary>
    /// <exception cref="StepFailed">A value has no room in that type.</exception>
    /// <exception cref="Defect">Floats would become whole numbers, or numbers truth values.</exception>
    public static Column To(Column column, ColumnType type)
    {
        if (column.Spec.Type == type) return column;
        if (!IsAllowed(column.Spec.Type, type))
            throw new Defect($"'{column.Spec.Name}' of {column.Spec.TypeName} cannot be taken as {ColumnTypes.Name(type)}");
        return type switch
        {
            ColumnType.Int8 => new Casting<sbyte>(column).Result,
            ColumnType.UInt8 => new Casting<byte>(column).Result,
            ColumnType.Int16 => new Casting<short>(column).Result,
            ColumnType.UInt16 => new Casting<ushort>(column).Result,
            ColumnType.Int32 => new Casting<int>(column).Result,
            ColumnType.UInt32 => new Casting<uint>(column).Result,
            ColumnType.Int64 => new Casting<long>(column).Result,
            ColumnType.UInt64 => new Casting<ulong>(column).Result,
            ColumnType.Float32 => new Casting<float>(column).Result,
            _ => new Casting<double>(column).Result,
        };
    }

    private sealed class Casting<TTo> : IColumnVisitor where TTo : unmanaged, INumber<TTo>
    {
        private readonly ColumnSpec _from;

        public Casting(Column column)
        {
            _from = column.Spec;
            column.Accept(this);
        }

        public Column Result { get; private set; } = null!;

        public void Visit<T>(Column<T> column) where T : unmanaged => Result = new Column<TTo>(_from.Name, Values(column.Values));

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged =>
            Result = new JaggedColumn<TTo>(_from.Name, _from.Table!, column.Offsets.ToArray(), Values(column.Values));

        private TTo[] Values<T>(ReadOnlySpan<T> values) where T : unmanaged => _from.Type switch
        {
            ColumnType.Bool or ColumnType.UInt8 => Cast(MemoryMarshal.Cast<T, byte>(values)),
            ColumnType.Int8 => Cast(MemoryMarshal.Cast<T, sbyte>(values)),
            ColumnType.Int16 => Cast(MemoryMarshal.Cast<T, short>(values)),
            ColumnType.UInt16 => Cast(MemoryMarshal.Cast<T, ushort>(values)),
            ColumnType.Int32 => Cast(MemoryMarshal.Cast<T, int>(values)),
            ColumnType.UInt32 => Cast(MemoryMarshal.Cast<T, uint>(values)),
            ColumnType.Int64 => Cast(MemoryMarshal.Cast<T, long>(values)),
            ColumnType.UInt64 => Cast(MemoryMarshal.Cast<T, ulong>(values)),
            ColumnType.Float32 => Cast(MemoryMarshal.Cast<T, float>(values)),
            _ => Cast(MemoryMarshal.Cast<T, double>(values)),
        };

        private TTo[] Cast<TFrom>(ReadOnlySpan<TFrom> values) where TFrom : unmanaged, INumber<TFrom>
        {
            var cast = new TTo[values.Length];
            bool isExact = !IsFloat(_from.Type), canMiss = Missing.In(ColumnTypes.Of<TTo>());
            for (int i = 0; i < cast.Length; i++)
            {
                if (canMiss && Missing.Is(values[i])) cast[i] = Missing.Of<TTo>();
                else cast[i] = TTo.CreateSaturating(values[i]);
                // A number that comes back as another was too large, or negative where no sign is. So is one that would then say "missing".
                if (isExact && !Missing.Is(values[i]) && (TFrom.CreateSaturating(cast[i]) != values[i] || Missing.Is(cast[i]))
                    || isExact && !canMiss && Missing.Is(values[i]))
                    throw ColumnErrors.NoRoom(_from, $"{values[i]}", ColumnTypes.Of<TTo>());
            }
            return cast;
        }
    }
}
