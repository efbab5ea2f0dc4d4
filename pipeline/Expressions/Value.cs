using TauPipeline.Columns;

namespace TauPipeline.Expressions;

/// <summary>A value while an expression is worked out: a constant (one number), one number a row, or with offsets any number a row.</summary>
internal readonly record struct Value(double[] Numbers, int[]? Offsets, bool IsConstant)
{
    public static Value Constant(double number) => new([number], null, true);

    public static bool IsTrue(double number) => number != 0 && !double.IsNaN(number);

    public static Value Of(Column column) => new(column.ToDoubles(), column.Spec.IsJagged ? OffsetsOf(column) : null, false);

    public double[] Spread(int rows)
    {
        if (!IsConstant) return Numbers;
        var spread = new double[rows];
        Array.Fill(spread, Numbers[0]);
        return spread;
    }

    /// <summary>The same numbers element by element along <paramref name="offsets"/>, flat ones repeated.</summary>
    public double[] Along(int[]? offsets, int rows)
    {
        if (offsets is null || Offsets is not null) return Spread(rows);
        var along = new double[offsets[^1]];
        for (int row = 0; row < rows; row++) along.AsSpan(offsets[row]..offsets[row + 1]).Fill(IsConstant ? Numbers[0] : Numbers[row]);
        return along;
    }

    private static int[] OffsetsOf(Column column)
    {
        var reader = new OffsetReader();
        column.Accept(reader);
        return reader.Offsets;
    }

    private sealed class OffsetReader : IColumnVisitor
    {
        public int[] Offsets { get; private set; } = [];

        public void Visit<T>(Column<T> column) where T : unmanaged { }

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged => Offsets = column.Offsets.ToArray();
    }
}
