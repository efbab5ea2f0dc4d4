using TauPipeline.Columns;

namespace TauPipeline.Expressions;

/// <summary>The working out of expressions over one batch; the results of shared parts are kept until it is done.</summary>
internal sealed class Workings(Batch batch, IReadOnlySet<Node>? shared = null)
{
    private readonly Dictionary<Node, Value> _known = [];

    public Batch Batch => batch;

    public Value Of(Node node)
    {
        if (shared is null || !shared.Contains(node)) return node.Evaluate(this);
        if (!_known.TryGetValue(node, out Value value)) _known.Add(node, value = node.Evaluate(this));
        return value;
    }
}
