using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>What a campaign says of its network: enough to make its shape, once the inputs are known.</summary>
public interface INetworkSettings
{
    /// <summary>As what it takes constituents.</summary>
    ConstituentForm Takes { get; }

    /// <summary>The network on these inputs, <c>tau</c> first, or on those of them that it takes.</summary>
    /// <exception cref="Foundation.Misuse">There is no such network.</exception>
    NetworkShape ShapeFor(IReadOnlyList<InputShape> inputs, int classes);
}
