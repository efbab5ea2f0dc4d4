namespace TauPipeline.BuildGraph;

/// <summary>A named target: a family of steps. Declares, and does nothing until a step is run.</summary>
public interface IStage
{
    /// <summary>What one types after <c>--target=</c>.</summary>
    string Name { get; }

    /// <summary>One sentence for the stage table.</summary>
    string Summary { get; }

    /// <summary>The steps: pure, opens no file, called once.</summary>
    IReadOnlyList<Step> Steps();
}
