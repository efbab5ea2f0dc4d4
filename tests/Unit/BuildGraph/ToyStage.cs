using TauPipeline.BuildGraph;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>A stage that is nothing but its steps.</summary>
internal sealed record ToyStage(string Name, params IReadOnlyList<Step> Declared) : IStage
{
    public string Summary => "a toy";

    public IReadOnlyList<Step> Steps() => Declared;
}
