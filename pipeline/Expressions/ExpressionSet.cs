using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Expressions;

/// <summary>Expressions that are worked out over the same batches: a part that stands in several of them, or twice in one, is worked out once.</summary>
public sealed class ExpressionSet
{
    private readonly IReadOnlyList<Expression> _expressions;
    private readonly HashSet<Node> _shared = [];

    /// <summary>A set of these, in this order.</summary>
    public ExpressionSet(IEnumerable<Expression> expressions)
    {
        _expressions = [.. expressions];
        var seen = new HashSet<Node>();
        foreach (Expression expression in _expressions) Count(expression.Root, seen);
    }

    /// <summary>One number a row of each expression, as <see cref="Expression.Flat(Batch)"/> gives; not to be changed, for two may be one.</summary>
    /// <exception cref="StepFailed">The batch lacks a column.</exception>
    public IReadOnlyList<double[]> Flat(Batch batch)
    {
        var workings = new Workings(batch, _shared);
        return [.. _expressions.Select(expression => expression.Flat(workings))];
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
