using System.Runtime.InteropServices;

namespace TauPipeline.Columns;

/// <summary>
/// Rows of a foreign file in our terms of <see cref="Missing"/>: the lowest float, by which many tuples say that a value is
/// missing, becomes NaN, in columns of doubles too. The lowest integers say so already. Called once, where rows enter the pipeline.
/// </summary>
public static class ForeignMissing
{
    /// <summary>The same rows; columns without a lowest float are not copied.</summary>
    public static Batch Marked(Batch read) => new(read.Columns.Select(Marked), read.Rows);

    private static Column Marked(Column column)
    {
        var marking = new Marking(column);
        column.Accept(marking);
        return marking.Result;
    }

    private static float[]? Marked(ReadOnlySpan<float> values)
    {
        if (!values.Contains(float.MinValue)) return null;
        var marked = new float[values.Length];
        values.Replace(marked, float.MinValue, float.NaN);
        return marked;
    }

    private static double[]? Marked(ReadOnlySpan<double> values)
    {
        if (values.IndexOfAny(double.MinValue, float.MinValue) < 0) return null;
        var marked = new double[values.Length];
        values.Replace(marked, double.MinValue, double.NaN);
        marked.AsSpan().Replace(float.MinValue, double.NaN);
        return marked;
    }

    private sealed class Marking(Column column) : IColumnVisitor
    {
        public Column Result { get; private set; } = column;

        public void Visit<T>(Column<T> column) where T : unmanaged
        {
            if (Marked(column.Values) is { } marked) Result = new Column<T>(column.Spec.Name, marked);
        }

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged
        {
            if (Marked(column.Values) is { } marked) Result = column.Holding(marked);
        }

        private static T[]? Marked<T>(ReadOnlySpan<T> values) where T : unmanaged
        {
            if (typeof(T) == typeof(float)) return (T[]?)(object?)ForeignMissing.Marked(MemoryMarshal.Cast<T, float>(values));
            return typeof(T) == typeof(double) ? (T[]?)(object?)ForeignMissing.Marked(MemoryMarshal.Cast<T, double>(values)) : null;
        }
    }
}
