using System.Runtime.CompilerServices;
using TauPipeline.Columns;

namespace TauPipeline.Expressions;

/// <summary>A part of an expression. Parts that read the same are equal, so that what several expressions share is worked out once.</summary>
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

    private (double, double, Int128) Number => (number.Bound, number.Doubles[0], number.IsWhole ? number.Exact[0] : 0);
}

internal sealed class ColumnNode(string name) : Node
{
    private readonly string _name = name;

    public override Value Evaluate(Workings workings) => Value.Of(workings.Batch[_name]);

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
        double[] result = GC.AllocateUninitializedArray<double>(shape.Count);
        _function.Fill(along, result);
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
            result[i] = _function.IfMissing is { } known && one.Contains(Whole.Missing) ? known : _function.Exact!(one);
        }
        return result;
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
        return _function.Exact is { } exact && Whole.IsWide(bound) ? new Value(Each(value, value.Exact, exact, shape), shape, bound)
            : new Value(Each(value, value.Doubles, _function.Call, shape), shape, bound);
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

    public override bool Equals(Node? other) => other is RowNode same && ReferenceEquals(same._function, _function) && same.Parts[0].Equals(argument);

    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(_function), argument.GetHashCode());
}
