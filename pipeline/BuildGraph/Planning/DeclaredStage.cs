namespace TauPipeline.BuildGraph;

/// <summary>A stage that has been asked for its steps once, however often they are looked at.</summary>
internal sealed class DeclaredStage(IStage stage) : IStage
{
    private IReadOnlyList<Step>? _steps;

    public string Name => stage.Name;

    public string Summary => stage.Summary;

    public IReadOnlyList<Step> Steps() => _steps ??= stage.Steps();
}
