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

internal sealed class NumberNode(double number) : Node
{
    public override Value Evaluate(Batch batch) => Value.Constant(number);

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
internal sealed class ElementNode(Func<ReadOnlySpan<double>, double> function, IReadOnlyList<Node> arguments) : Node
{
    public override Value Evaluate(Batch batch)
    {
        Value[] values = [.. arguments.Select(argument => argument.Evaluate(batch))];
        if (values.All(value => value.IsConstant)) return Value.Constant(function(values.Select(value => value.Numbers[0]).ToArray()));

        int[]? offsets = values.FirstOrDefault(value => value.Offsets is not null).Offsets;
        double[][] along = [.. values.Select(value => value.Along(offsets, batch.Rows))];
        var result = new double[along[0].Length];
        Span<double> one = stackalloc double[along.Length];
        for (int i = 0; i < result.Length; i++)
        {
            for (int k = 0; k < along.Length; k++) one[k] = along[k][i];
            result[i] = function(one);
        }
        return new Value(result, offsets, false);
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
}

/// <summary>A function that makes one number of all elements of a row.</summary>
internal sealed class RowNode(Func<ReadOnlySpan<double>, double> function, Node argument) : Node
{
    public override Value Evaluate(Batch batch)
    {
        Value value = argument.Evaluate(batch);
        if (value.Offsets is not { } offsets) return new Value(Each(value.Spread(batch.Rows)), null, false);
        var result = new double[batch.Rows];
        for (int row = 0; row < result.Length; row++) result[row] = function(value.Numbers.AsSpan(offsets[row]..offsets[row + 1]));
        return new Value(result, null, false);
    }

    public override void Names(ISet<string> names) => argument.Names(names);

    public override string? Table(Schema schema, Expression whole)
    {
        argument.Table(schema, whole);
        return null;
    }

    private double[] Each(double[] numbers)
    {
        var result = new double[numbers.Length];
        for (int i = 0; i < result.Length; i++) result[i] = function(numbers.AsSpan(i, 1));
        return result;
    }
}
