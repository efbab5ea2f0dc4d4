using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Learning;

/// <summary>
/// A trained network as graphs. Named by kind here, and not asked of the shape, so that a change of how networks are exported leaves
/// trainings and scores as they are.
/// </summary>
public static class NetworkGraphs
{
    /// <summary>Names of the graphs: the whole network, and if it takes grids, the cells of each, and the core.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<string> grids) =>
        grids.Any() ? [ExportedGraph.Whole, .. grids, ExportedGraph.Core] : [ExportedGraph.Whole];

    /// <summary>The graphs, that of the whole network first; their output is <see cref="ExportedGraph.Probabilities"/>.</summary>
    /// <param name="model">The network.</param>
    /// <param name="scales">The scaling of each feature of <c>tau</c>, if the graph is to do it.</param>
    /// <exception cref="StepFailed">There is no network, no graph is of it, or it takes grids, which are scaled outside.</exception>
    public static IReadOnlyList<ExportedGraph> Of(TrainedModel model, IReadOnlyList<FeatureScale>? scales) => model switch
    {
        { Untrained: { } why } => throw LearningErrors.NothingToExport(why),
        { Shape: SetNetworkShape } => throw LearningErrors.NothingToExport("it takes lists of objects, and no graph does yet"),
        { Shape.Heads.Count: > 0 } => throw LearningErrors.NothingToExport("it has heads, of which neither graph nor sheet tells yet"),
        { Shape: FlatNetworkShape flat } => [FlatGraph.Of(flat, model.Weights, scales)],
        { Shape: GridNetworkShape } when scales is not null => throw LearningErrors.ScaledOutside(),
        { Shape: GridNetworkShape grids } => new GridGraphs(grids, model.Weights).All(),
        _ => throw LearningErrors.NothingToExport($"a {model.Shape.GetType().Name} has no graphs"),
    };
}
