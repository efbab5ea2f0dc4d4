using System.Runtime.CompilerServices;
using TauPipeline.Columns;

namespace TauPipeline.Expressions;

/// <summary>
/// A part of an expression. Parts that read the same are equal, so that what several expressions share is worked out once.
/// </summary>
internal abstract class Node : IEquatable<Node>
{
    /// <summary>The parts it is made of.</summary>
    public virtual IReadOnlyList<Node> Parts => [];

    /// <summary>Whether the C library's mathematics works out any of it.</summary>
    public virtual bool UsesTheLibrary => Parts.Any(part => part.UsesTheLibrary);

    /// <summary>Works it out; its parts are asked for by <see cref="Workings.Of"/>.</summary>
    public abstract Value Evaluate(Workings workings);

    public abstract void Names(ISet<string> names);

    /// <summary>The table the part is jagged in; <see langword="null"/> if flat.</summary>
    public abstract string? Table(Schema schema, Expression whole);

    public abstract bool Equals(Node? other);

    public sealed override bool Equals(object? obj) => Equals(obj as Node);

    public abstract override int GetHashCode();
}

internal sealed class NumberNode(Value number) : Node
{
    public override Value Evaluate(Workings workings) => number;

    public override void Names(ISet<string> names) { }

    public override string? Table(Schema schema, Expression whole) => null;

    public override bool Equals(Node? other) => other is NumberNode same && Number.Equals(same.Number);

    public override int GetHashCode() => Number.GetHashCode();

    private (double, double, Int128) Number => (number.Bound, number.Doubles.Span[0], number.IsWhole ? number.Exact[0] : 0);
}

internal sealed class ColumnNode(string name) : Node
{
    private readonly string _name = name;

    public override Value Evaluate(Workings workings) => Value.Of(workings.Batch[_name], workings.Scratch);

    public override void Names(ISet<string> names) => names.Add(_name);

    public override string? Table(Schema schema, Expression whole) => schema.Find(_name)!.Table;

    public override bool Equals(Node? other) => other is ColumnNode same && same._name == _name;

    public override int GetHashCode() => string.GetHashCode(_name, StringComparison.Ordinal);
}

/// <summary>An operator or function that is taken element by element.</summary>
internal sealed class ElementNode(ElementFunction function, IReadOnlyList<Node> arguments) : Node
{
    private readonly ElementFunction _function = function;
    private readonly int _hash = Hash(function, arguments);

    public override IReadOnlyList<Node> Parts => arguments;

    public override bool UsesTheLibrary => _function.IsOfTheLibrary || base.UsesTheLibrary;

    public override Value Evaluate(Workings workings)
    {
        Value[] values = [.. arguments.Select(workings.Of)];
        Shape shape = Shape.Of(values, workings.Batch.Rows);
        double bound = _function.BoundOf([.. values.Select(value => value.Bound)]);
        bool exact = _function.Exact is not null && bound < Whole.Largest && values.All(value => value.IsWhole);
        return exact && (Whole.IsWide(bound) || values.Any(value => value.Wide is not null))
            ? new Value(Exactly(values, shape), shape, bound) : new Value(InDouble(values, shape, workings), shape, bound);
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

    private Memory<double> InDouble(Value[] values, Shape shape, Workings workings)
    {
        var along = new ReadOnlyMemory<double>[values.Length];
        for (int k = 0; k < along.Length; k++)
            along[k] = values[k].Shape.IsConstant ? values[k].Doubles : Along(values[k], shape, workings.Scratch);
        Memory<double> result = workings.Scratch.Take(shape.Count);
        _function.Fill(along, result.Span);
        for (int k = 0; k < along.Length; k++)
        {
            if (!values[k].Shape.IsConstant && !values[k].Fills(shape)) workings.Scratch.Give(along[k]);
            workings.Done(arguments[k], values[k]);
        }
        return result;
    }

    private static ReadOnlyMemory<double> Along(Value value, Shape shape, Scratch scratch)
    {
        if (value.Fills(shape)) return value.Doubles;
        Memory<double> repeated = scratch.Take(shape.Count);
        value.Repeat(value.Doubles.Span, shape, repeated.Span);
        return repeated;
    }

    private Int128[] Exactly(Value[] values, Shape shape)
    {
        Int128[][] along = [.. values.Select(value => Along(value, shape))];
        var result = new Int128[shape.Count];
        Span<Int128> one = stackalloc Int128[along.Length];
        for (int i = 0; i < result.Length; i++)
        {
            for (int k = 0; k < along.Length; k++) one[k] = along[k][i];
            result[i] = _function.IfMissing is { } known && one.Contains(Whole.Missing) ? known : _function.Exact!(one);
        }
        return result;
    }

    private static Int128[] Along(Value value, Shape shape)
    {
        if (value.Fills(shape)) return value.Exact;
        var repeated = new Int128[shape.Count];
        value.Repeat(value.Exact, shape, repeated);
        return repeated;
    }

    public override bool Equals(Node? other) => ReferenceEquals(other, this) || (other is ElementNode same && same._hash == _hash &&
        ReferenceEquals(same._function, _function) && same.Parts.SequenceEqual(arguments));

    public override int GetHashCode() => _hash;

    private static int Hash(ElementFunction function, IReadOnlyList<Node> arguments)
    {
        var hash = new HashCode();
        hash.Add(RuntimeHelpers.GetHashCode(function));
        foreach (Node argument in arguments) hash.Add(argument.GetHashCode());
        return hash.ToHashCode();
    }
}

/// <summary>A function that makes one number of all elements of a row.</summary>
internal sealed class RowNode(RowFunction function, Node argument) : Node
{
    private readonly RowFunction _function = function;

    public override IReadOnlyList<Node> Parts { get; } = [argument];

    public override Value Evaluate(Workings workings)
    {
        Value value = workings.Of(argument);
        double bound = _function.BoundOf(value.Bound);
        var shape = new Shape(null, false, workings.Batch.Rows);
        if (_function.Exact is { } exact && Whole.IsWide(bound))
        {
            var wide = new Int128[shape.Count];
            Each(value, value.Exact, exact, wide);
            return new Value(wide, shape, bound);
        }
        Memory<double> result = workings.Scratch.Take(shape.Count);
        Each(value, value.Doubles.Span, _function.Call, result.Span);
        workings.Done(argument, value);
        return new Value(result, shape, bound);
    }

    public override void Names(ISet<string> names) => argument.Names(names);

    public override string? Table(Schema schema, Expression whole)
    {
        argument.Table(schema, whole);
        return null;
    }

    // A flat value has one element a row; a constant is that of every row.
    private static void Each<T>(Value value, ReadOnlySpan<T> numbers, Func<ReadOnlySpan<T>, T> call, Span<T> result)
    {
        int[]? offsets = value.Shape.Offsets;
        for (int row = 0; row < result.Length; row++)
            result[row] = call(
                offsets is not null ? numbers[offsets[row]..offsets[row + 1]] : numbers.Slice(value.Shape.IsConstant ? 0 : row, 1));
    }

    public override bool Equals(Node? other) =>
        other is RowNode same && ReferenceEquals(same._function, _function) && same.Parts[0].Equals(argument);

    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(_function), argument.GetHashCode());
}
