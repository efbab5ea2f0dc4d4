using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>What a campaign says of its network: enough to make its shape, once the inputs are known.</summary>
public interface INetworkSettings
{
    /// <summary>Whether it takes the grids of a campaign, and not the candidate's own features alone.</summary>
    bool TakesGrids { get; }

    /// <summary>The network on these inputs, <c>tau</c> first, or on those of them that it takes.</summary>
    /// <exception cref="Foundation.Misuse">There is no such network.</exception>
    NetworkShape ShapeFor(IReadOnlyList<InputShape> inputs, int classes);
}
