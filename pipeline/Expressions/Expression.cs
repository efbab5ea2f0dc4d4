using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Expressions;

/// <summary>
/// An expression over the columns of a batch, as campaigns write them in selections and features:
/// <c>tau_decayMode in {0, 1, 10} and abs(tau_dz) &lt; 0.2</c>, <c>sum(pfCand_pt * (pfCand_charge != 0))</c>.
/// A jagged column is taken element by element, flat values being repeated, until <c>sum</c>, <c>count</c>, <c>any</c>… make it
/// flat again.
/// Numbers are doubles, NaN where they are missing; whole numbers are exact whatever their size; truth is 1 and 0.
/// </summary>
public sealed class Expression
{
    private readonly Node _root;

    private Expression(string text, string where, Node root)
    {
        Text = text;
        Where = where;
        _root = root;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        root.Names(names);
        Columns = [.. names];
    }

    /// <summary>The text it was read from.</summary>
    public string Text { get; }

    /// <summary>Where the text stands, for messages: <c>file:line</c>.</summary>
    public string Where { get; }

    internal Node Root => _root;

    /// <summary>The columns it needs, ordered by name.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>
    /// Whether a value is made of one value of each column and of no other: it has then no function that looks at all constituents.
    /// </summary>
    public bool IsElementwise => IsOfOne(_root);

    /// <summary>
    /// What the values of these expressions come from beside this program, for the <c>Tools</c> of a step that works them out.
    /// </summary>
    public static IReadOnlyList<string> ToolsOf(IEnumerable<Expression> expressions) =>
        expressions.Any(expression => expression._root.UsesTheLibrary) ? MathLibrary.Tools : [];

    /// <summary>Reads an expression.</summary>
    /// <exception cref="Misuse">It is not one: says where in the text and what was expected.</exception>
    public static Expression Parse(string text, string where) => new(text, where, new Parser(text, where).Whole());

    /// <summary>Checks it against a schema: every column there, jagged columns of one table only, and flat or jagged as wanted.</summary>
    /// <returns>The table it is jagged in, or <see langword="null"/> if it is flat.</returns>
    /// <exception cref="Misuse">A column is missing (nearest names), or two tables meet.</exception>
    public string? Check(Schema schema)
    {
        foreach (string name in Columns)
            if (schema.Find(name) is null) throw ExpressionErrors.NoColumn(this, name, schema.Columns.Select(column => column.Name));
        return _root.Table(schema, this);
    }

    /// <summary>One number a row; NaN where it is missing.</summary>
    /// <exception cref="StepFailed">The batch lacks a column.</exception>
    public double[] Flat(Batch batch) => Flat(new Workings(batch, new Scratch())).ToArray();

    /// <summary>One number a row, or one a constituent where it is jagged; NaN where it is missing.</summary>
    /// <exception cref="StepFailed">The batch lacks a column.</exception>
    public double[] Each(Batch batch)
    {
        var workings = new Workings(batch, new Scratch());
        Value value = workings.Of(_root);
        return value.Shape.Offsets is null ? value.Along(new Shape(null, false, batch.Rows)).ToArray() : value.Doubles.ToArray();
    }

    /// <summary>One number for each value of that column of the batch: a flat expression repeats its number for each constituent.</summary>
    /// <exception cref="StepFailed">The batch lacks a column, or the expression is jagged and the column is not.</exception>
    public double[] Along(Batch batch, string column)
    {
        var scratch = new Scratch();
        return Along(new Workings(batch, scratch), Value.Of(batch[column], scratch).Shape).ToArray();
    }

    internal ReadOnlyMemory<double> Along(Workings workings, Shape shape)
    {
        Value value = workings.Of(_root);
        return shape.Offsets is null && value.Shape.Offsets is not null
            ? throw ExpressionErrors.IsJagged(this)
            : value.Along(new Shape(shape.Offsets, false, workings.Batch.Rows));
    }

    internal ReadOnlyMemory<double> Flat(Workings workings)
    {
        Value value = workings.Of(_root);
        return value.Shape.Offsets is null
            ? value.Along(new Shape(null, false, workings.Batch.Rows))
            : throw ExpressionErrors.IsJagged(this);
    }

    /// <summary>Which rows it is true for (not 0 and not NaN).</summary>
    public bool[] True(Batch batch)
    {
        ReadOnlySpan<double> values = Flat(new Workings(batch, new Scratch())).Span;
        var truth = new bool[values.Length];
        for (int i = 0; i < truth.Length; i++) truth[i] = Value.IsTrue(values[i]);
        return truth;
    }

    /// <summary>This one and the other: true where both are.</summary>
    public Expression And(Expression other) => Parse($"({other.Text}) and ({Text})", Where);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsOfOne(Node node) => node is not RowNode && node.Parts.All(IsOfOne);
}
