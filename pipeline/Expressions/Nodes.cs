using TauPipeline.Columns;

namespace TauPipeline.Expressions;

/// <summary>A part of an expression.</summary>
internal abstract class Node
{
    public abstract Value Evaluate(Batch batch);

    public abstract void Names(ISet<string> names);

    /// <summary>The table the part is jagged in; <see langword="null"/> if flat.</summary>
    public abstract string? Table(Schema schema, Expression whole);
}

internal sealed class NumberNode(Value number) : Node
{
    public override Value Evaluate(Batch batch) => number;

    public override void Names(ISet<string> names) { }

    public override string? Table(Schema schema, Expression whole) => null;
}

internal sealed class ColumnNode(string name) : Node
{
    public override Value Evaluate(Batch batch) => Value.Of(batch[name]);

    public override void Names(ISet<string> names) => names.Add(name);

    public override string? Table(Schema schema, Expression whole) => schema.Find(name)!.Table;
}

/// <summary>An operator or function that is taken element by element.</summary>
internal sealed class ElementNode(ElementFunction function, IReadOnlyList<Node> arguments) : Node
{
    public override Value Evaluate(Batch batch)
    {
        Value[] values = [.. arguments.Select(argument => argument.Evaluate(batch))];
        Shape shape = Shape.Of(values, batch.Rows);
        double bound = function.BoundOf([.. values.Select(value => value.Bound)]);
        bool exact = function.Exact is not null && bound < Whole.Largest && values.All(value => value.IsWhole);
        return exact && (Whole.IsWide(bound) || values.Any(value => value.Wide is not null))
            ? new Value(Exactly(values, shape), shape, bound) : new Value(InDouble(values, shape), shape, bound);
    }

    public override void Names(ISet<string> names)
    {
        foreach (Node argument in arguments) argument.Names(names);
    }

    public override string? Table(Schema schema, Expression whole)
    {
        string? table = null;
        foreach (Node argument in arguments)
            if (argument.Table(schema, whole) is { } other)
                table = table is null || table == other ? other : throw ExpressionErrors.TwoTables(whole, table, other);
        return table;
    }

    private double[] InDouble(Value[] values, Shape shape)
    {
        double[][] along = [.. values.Select(value => value.Along(value.Doubles, shape))];
        var result = new double[shape.Count];
        Span<double> one = stackalloc double[along.Length];
        for (int i = 0; i < result.Length; i++)
        {
            for (int k = 0; k < along.Length; k++) one[k] = along[k][i];
            result[i] = function.Call(one);
        }
        return result;
    }

    private Int128[] Exactly(Value[] values, Shape shape)
    {
        Int128[][] along = [.. values.Select(value => value.Along(value.Exact, shape))];
        var result = new Int128[shape.Count];
        Span<Int128> one = stackalloc Int128[along.Length];
        for (int i = 0; i < result.Length; i++)
        {
            for (int k = 0; k < along.Length; k++) one[k] = along[k][i];
            result[i] = function.IfMissing is { } known && one.Contains(Whole.Missing) ? known : function.Exact!(one);
        }
        return result;
    }
}

/// <summary>A function that makes one number of all elements of a row.</summary>
internal sealed class RowNode(RowFunction function, Node argument) : Node
{
    public override Value Evaluate(Batch batch)
    {
        Value value = argument.Evaluate(batch);
        double bound = function.BoundOf(value.Bound);
        var shape = new Shape(null, false, batch.Rows);
        return function.Exact is { } exact && Whole.IsWide(bound) ? new Value(Each(value, value.Exact, exact, shape), shape, bound)
            : new Value(Each(value, value.Doubles, function.Call, shape), shape, bound);
    }

    public override void Names(ISet<string> names) => argument.Names(names);

    public override string? Table(Schema schema, Expression whole)
    {
        argument.Table(schema, whole);
        return null;
    }

    private static T[] Each<T>(Value value, T[] numbers, Func<ReadOnlySpan<T>, T> call, Shape shape)
    {
        int[]? offsets = value.Shape.Offsets;
        T[] flat = offsets is null ? value.Along(numbers, shape) : numbers;
        var result = new T[shape.Rows];
        for (int row = 0; row < result.Length; row++) result[row] = call(offsets is null ? flat.AsSpan(row, 1) : flat.AsSpan(offsets[row]..offsets[row + 1]));
        return result;
    }
}
