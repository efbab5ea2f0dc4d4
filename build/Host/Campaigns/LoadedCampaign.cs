using TauPipeline.BuildGraph;
using TauPipeline.Queues;

namespace TauPipeline.Host;

/// <summary>A campaign that has been read, checked and composed.</summary>
/// <param name="Name">Name of the campaign: of its file, without folder and ending.</param>
/// <param name="Seed">Seed of all its random numbers.</param>
/// <param name="ResolvedText">The whole campaign with includes, <c>--set</c> and <c>--input</c> merged: a child composes the same stages
/// from it.</param>
/// <param name="Out">The output folder, absolute.</param>
/// <param name="Stages">Its stages, in the order of the flow.</param>
/// <param name="StepMemory">Bytes that a step may hold which does not say what it needs.</param>
internal sealed record LoadedCampaign(
    string Name, ulong Seed, string ResolvedText, string Out, IReadOnlyList<ComposedStage> Stages, long StepMemory)
{
    /// <summary>Its stages, each asked only once for its steps.</summary>
    public IReadOnlyList<ComposedStage> Stages { get; } = [.. Stages.Select(stage => stage.Holding(StepMemory))];

    /// <summary>How steps go to a batch system, where they do.</summary>
    public required QueueSettings Queue { get; init; }
}
