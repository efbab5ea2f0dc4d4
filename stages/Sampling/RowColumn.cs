using TauPipeline.Columns;

namespace TauPipeline.Stages;

/// <summary>Columns made beside the constituents of another.</summary>
internal static class RowColumn
{
    /// <summary>One value a row, once for each of its constituents.</summary>
    public static int[] Repeated(int[] rows, Column like)
    {
        ReadOnlySpan<int> offsets = OffsetsOf(like);
        var repeated = new int[like.Count];
        for (int row = 0; row < rows.Length; row++) repeated.AsSpan(offsets[row]..offsets[row + 1]).Fill(rows[row]);
        return repeated;
    }

    /// <summary>The constituents of the row that has most.</summary>
    public static int Longest(Column like)
    {
        ReadOnlySpan<int> offsets = OffsetsOf(like);
        int longest = 0;
        for (int row = 0; row + 1 < offsets.Length; row++) longest = Math.Max(longest, offsets[row + 1] - offsets[row]);
        return longest;
    }

    private static ReadOnlySpan<int> OffsetsOf(Column like) =>
        Beside(like, "", new float[like.Count]) is JaggedColumn<float> shape ? shape.Offsets : [];

    /// <summary>A column of as many values a row as another has.</summary>
    public static Column Beside(Column like, string name, float[] values)
    {
        var maker = new Maker(name, values);
        like.Accept(maker);
        return maker.Made;
    }

    private sealed class Maker(string name, float[] values) : IColumnVisitor
    {
        public Column Made { get; private set; } = null!;

        public void Visit<T>(Column<T> column) where T : unmanaged => Made = new Column<float>(name, values);

        public void Visit<T>(JaggedColumn<T> column)
            where T : unmanaged => Made = new JaggedColumn<float>(name, column.Spec.Table!, column.Offsets.ToArray(), values);
    }
}
