using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Expressions;

/// <summary>
/// Expressions that are worked out over the same batches: a part that stands in several of them, or twice in one, is worked out once. For
/// one thread at a time.
/// </summary>
public sealed class ExpressionSet
{
    private readonly IReadOnlyList<Expression> _expressions;
    private readonly HashSet<Node> _shared = [];
    private readonly Scratch _scratch = new();

    /// <summary>A set of these, in this order.</summary>
    public ExpressionSet(IEnumerable<Expression> expressions)
    {
        _expressions = [.. expressions];
        var seen = new HashSet<Node>();
        foreach (Expression expression in _expressions) Count(expression.Root, seen);
    }

    /// <summary>
    /// One number a row of each expression, as <see cref="Expression.Flat(Batch)"/> gives, until the next batch is worked out: that is done
    /// in the same memory.
    /// </summary>
    /// <exception cref="StepFailed">The batch lacks a column.</exception>
    public IReadOnlyList<ReadOnlyMemory<double>> Flat(Batch batch)
    {
        _scratch.Restart();
        var workings = new Workings(batch, _scratch, _shared);
        return [.. _expressions.Select(expression => expression.Flat(workings))];
    }

    /// <summary>
    /// The same for each value of a column: one number a constituent of a jagged one, as <see cref="Expression.Along(Batch, string)"/> gives.
    /// </summary>
    /// <exception cref="StepFailed">The batch lacks a column.</exception>
    public IReadOnlyList<ReadOnlyMemory<double>> Along(Batch batch, string column)
    {
        _scratch.Restart();
        var workings = new Workings(batch, _scratch, _shared);
        Shape shape = Value.Of(batch[column], _scratch).Shape;
        return [.. _expressions.Select(expression => expression.Along(workings, shape))];
    }

    // The parts of a part that is shared are asked for only once.
    private void Count(Node node, HashSet<Node> seen)
    {
        if (!seen.Add(node))
        {
            _shared.Add(node);
            return;
        }
        foreach (Node part in node.Parts) Count(part, seen);
    }
}
