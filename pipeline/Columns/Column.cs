using System.Runtime.InteropServices;
using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>The values of one column over the rows of a batch.</summary>
public abstract class Column(ColumnSpec spec)
{
    /// <summary>Name and type.</summary>
    public ColumnSpec Spec { get; } = spec;

    /// <summary>Number of rows.</summary>
    public abstract int Rows { get; }

    /// <summary>Number of values: rows of a flat column, constituents of a jagged one.</summary>
    public abstract int Count { get; }

    /// <summary>All values end to end, as bytes in the machine's (little-endian) order.</summary>
    public abstract ReadOnlySpan<byte> Bytes { get; }

    /// <summary>All values end to end, converted to double: bool as 0 and 1, what is <see cref="Missing"/> as NaN.</summary>
    public double[] ToDoubles()
    {
        double[] doubles = GC.AllocateUninitializedArray<double>(Count);
        ToDoubles(doubles);
        return doubles;
    }

    /// <summary>The same into room for <see cref="Count"/> of them.</summary>
    public abstract void ToDoubles(Span<double> doubles);

    /// <summary>The same column with only these rows, in this order.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>The same values under another name, or in another constituents' table.</summary>
    public abstract Column As(ColumnSpec spec);

    /// <summary>The type-specific half of a visitor: hands the typed column to <paramref name="visitor"/>.</summary>
    public abstract void Accept(IColumnVisitor visitor);

    private protected static void Convert<T>(ReadOnlySpan<T> values, Span<double> doubles) where T : unmanaged
    {
        switch (ColumnTypes.Of<T>())
        {
            case ColumnType.Bool: Convert<T, byte>(values, doubles); break;
            case ColumnType.Int8: Convert<T, sbyte>(values, doubles); break;
            case ColumnType.UInt8: Convert<T, byte>(values, doubles); break;
            case ColumnType.Int16: Convert<T, short>(values, doubles); break;
            case ColumnType.UInt16: Convert<T, ushort>(values, doubles); break;
            case ColumnType.Int32: Convert<T, int>(values, doubles); break;
            case ColumnType.UInt32: Convert<T, uint>(values, doubles); break;
            case ColumnType.Int64: Convert<T, long>(values, doubles); break;
            case ColumnType.UInt64: Convert<T, ulong>(values, doubles); break;
            case ColumnType.Float32: Convert<T, float>(values, doubles); break;
            default: Convert<T, double>(values, doubles); break;
        }
    }

    private static void Convert<TFrom, TAs>(ReadOnlySpan<TFrom> values, Span<double> doubles)
        where TFrom : unmanaged where TAs : unmanaged, System.Numerics.INumber<TAs>
    {
        ReadOnlySpan<TAs> typed = MemoryMarshal.Cast<TFrom, TAs>(values);
        for (int i = 0; i < typed.Length; i++) doubles[i] = Missing.Is(typed[i]) ? double.NaN : double.CreateTruncating(typed[i]);
    }
}

/// <summary>Does something with a column once its value type is known.</summary>
public interface IColumnVisitor
{
    /// <summary>A flat column.</summary>
    void Visit<T>(Column<T> column) where T : unmanaged;

    /// <summary>A jagged column.</summary>
    void Visit<T>(JaggedColumn<T> column) where T : unmanaged;
}

/// <summary>A flat column: one value a row.</summary>
public sealed class Column<T> : Column where T : unmanaged
{
    private readonly ReadOnlyMemory<T> _values;

    /// <summary>A column over these values, which are not copied.</summary>
    public Column(string name, ReadOnlyMemory<T> values) : base(new ColumnSpec(name, ColumnTypes.Of<T>())) => _values = values;

    /// <summary>One value a row.</summary>
    public ReadOnlySpan<T> Values => _values.Span;

    /// <inheritdoc/>
    public override int Rows => _values.Length;

    /// <inheritdoc/>
    public override int Count => _values.Length;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(_values.Span);

    /// <inheritdoc/>
    public override void ToDoubles(Span<double> doubles) => Convert<T>(_values.Span, doubles);

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        ReadOnlySpan<T> values = _values.Span;
        for (int i = 0; i < rows.Length; i++) taken[i] = values[rows[i]];
        return new Column<T>(Spec.Name, taken);
    }

    /// <inheritdoc/>
    public override Column As(ColumnSpec spec) => new Column<T>(spec.Name, _values);

    /// <inheritdoc/>
    public override void Accept(IColumnVisitor visitor) => visitor.Visit(this);
}

/// <summary>A jagged column: any number of values a row.</summary>
public sealed class JaggedColumn<T> : Column where T : unmanaged
{
    private readonly ReadOnlyMemory<int> _offsets;
    private readonly ReadOnlyMemory<T> _values;

    /// <summary>A column over these offsets (rows + 1, from 0, never falling) and values, which are not copied.</summary>
    /// <exception cref="Defect">Offsets and values do not fit each other.</exception>
    public JaggedColumn(string name, string table, ReadOnlyMemory<int> offsets, ReadOnlyMemory<T> values)
        : base(new ColumnSpec(name, ColumnTypes.Of<T>(), table))
    {
        if (offsets.Length == 0 || offsets.Span[0] != 0 || offsets.Span[^1] != values.Length)
            throw new Defect($"offsets of '{name}' do not span its {values.Length} values");
        _offsets = offsets;
        _values = values;
    }

    /// <summary>The same rows holding other values, as many in each row.</summary>
    public JaggedColumn<T> Holding(ReadOnlyMemory<T> values) => new(Spec.Name, Spec.Table!, _offsets, values);

    /// <summary>Where each row begins in <see cref="Values"/>; one more than rows.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.Span;

    /// <summary>All values end to end.</summary>
    public ReadOnlySpan<T> Values => _values.Span;

    /// <summary>The values of one row.</summary>
    public ReadOnlySpan<T> this[int row] => _values.Span[_offsets.Span[row].._offsets.Span[row + 1]];

    /// <inheritdoc/>
    public override int Rows => _offsets.Length - 1;

    /// <inheritdoc/>
    public override int Count => _values.Length;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(_values.Span);

    /// <inheritdoc/>
    public override void ToDoubles(Span<double> doubles) => Convert<T>(_values.Span, doubles);

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        var offsets = new int[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++) offsets[i + 1] = offsets[i] + this[rows[i]].Length;
        var values = new T[offsets[^1]];
        for (int i = 0; i < rows.Length; i++) this[rows[i]].CopyTo(values.AsSpan(offsets[i]));
        return new JaggedColumn<T>(Spec.Name, Spec.Table!, offsets, values);
    }

    /// <inheritdoc/>
    public override Column As(ColumnSpec spec) => new JaggedColumn<T>(spec.Name, spec.Table!, _offsets, _values);

    /// <inheritdoc/>
    public override void Accept(IColumnVisitor visitor) => visitor.Visit(this);
}
