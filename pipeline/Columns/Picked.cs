using System.Numerics;
using System.Runtime.InteropServices;

namespace TauPipeline.Columns;

/// <summary>
/// Elements of a jagged column picked by place, one a row, where some rows have none: what links between tables lead to. Those
/// are <see cref="Missing"/>, so the column is widened if its type cannot say so.
/// </summary>
public static class Picked
{
    /// <summary>Of no place: the row's element is missing.</summary>
    public const int None = -1;

    /// <summary>The elements at these places of the column's values, end to end.</summary>
    /// <exception cref="Foundation.StepFailed">A number of 64 unsigned bits has no room in the widened column.</exception>
    public static Column From(Column column, ReadOnlyMemory<int> places, string name)
    {
        var picking = new Picking(places, name);
        column.Accept(picking);
        return picking.Result!;
    }

    private sealed class Picking(ReadOnlyMemory<int> places, string name) : IColumnVisitor
    {
        public Column? Result { get; private set; }

        public void Visit<T>(Column<T> column) where T : unmanaged => Result = Of(column.Spec, column.Values);

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged => Result = Of(column.Spec, column.Values);

        private Column Of<T>(ColumnSpec spec, ReadOnlySpan<T> values) where T : unmanaged => spec.Type switch
        {
            ColumnType.Bool => Widened<byte, sbyte>(spec, MemoryMarshal.AsBytes(values)),
            ColumnType.UInt8 => Widened<byte, short>(spec, MemoryMarshal.AsBytes(values)),
            ColumnType.UInt16 => Widened<ushort, int>(spec, MemoryMarshal.Cast<T, ushort>(values)),
            ColumnType.UInt32 => Widened<uint, long>(spec, MemoryMarshal.Cast<T, uint>(values)),
            ColumnType.UInt64 => Widened<ulong, long>(spec, MemoryMarshal.Cast<T, ulong>(values)),
            _ => AsTheyAre(values),
        };

        private Column<T> AsTheyAre<T>(ReadOnlySpan<T> values) where T : unmanaged
        {
            var picked = new T[places.Length];
            ReadOnlySpan<int> at = places.Span;
            for (int row = 0; row < picked.Length; row++) picked[row] = at[row] == None ? Missing.Of<T>() : values[at[row]];
            return new Column<T>(name, picked);
        }

        private Column<TTo> Widened<TFrom, TTo>(ColumnSpec spec, ReadOnlySpan<TFrom> values)
            where TFrom : unmanaged, INumber<TFrom> where TTo : unmanaged, INumber<TTo>
        {
            var picked = new TTo[places.Length];
            ReadOnlySpan<int> at = places.Span;
            for (int row = 0; row < picked.Length; row++)
            {
                if (at[row] == None)
                {
                    picked[row] = Missing.Of<TTo>();
                    continue;
                }
                picked[row] = TTo.CreateTruncating(values[at[row]]);
                // Only half of uint64 goes into int64; the other half comes out negative.
                if (TTo.IsNegative(picked[row])) throw ColumnErrors.NoRoom(spec, $"{values[at[row]]}", Missing.Widened(spec.Type));
            }
            return new Column<TTo>(name, picked);
        }
    }
}
