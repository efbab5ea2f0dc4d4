using TauPipeline.Columns;

namespace TauPipeline.Expressions;

/// <summary>The working out of expressions over one batch; the results of shared parts are kept until it is done.</summary>
internal sealed class Workings(Batch batch, Scratch scratch, IReadOnlySet<Node>? shared = null)
{
    private readonly Dictionary<Node, Value> _known = [];

    public Batch Batch => batch;

    public Scratch Scratch => scratch;

    public Value Of(Node node)
    {
        if (!IsShared(node)) return node.Evaluate(this);
        if (!_known.TryGetValue(node, out Value value)) _known.Add(node, value = node.Evaluate(this));
        return value;
    }

    /// <summary>Says that the one who asked for a part has used its value.</summary>
    public void Done(Node node, Value value)
    {
        if (!value.Shape.IsConstant && value.Wide is null && !IsShared(node)) scratch.Give(value.Doubles);
    }

    private bool IsShared(Node node) => shared is not null && shared.Contains(node);
}
