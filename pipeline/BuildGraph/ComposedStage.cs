namespace TauPipeline.BuildGraph;

/// <summary>A stage in its place in a flow, asked once for its steps however often they are looked at.</summary>
public sealed class ComposedStage(IStage stage) : IStage
{
    private readonly Lazy<IReadOnlyList<Step>> _steps = new(stage.Steps);

    /// <inheritdoc/>
    public string Name => stage.Name;

    /// <inheritdoc/>
    public string Summary => stage.Summary;

    /// <summary>Whether it makes what the flow is there for: numbers, figures, pages.</summary>
    public bool IsResult { get; init; }

    /// <summary>The stage itself, if it is composed, or in a place of its own.</summary>
    public static ComposedStage Of(IStage stage) => stage as ComposedStage ?? new ComposedStage(stage);

    /// <summary>The same stage, whose steps may hold so many bytes where they do not say what they need.</summary>
    public ComposedStage Holding(long memory) => new(new HoldingStage(this, memory)) { IsResult = IsResult };

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() => _steps.Value;

    private sealed class HoldingStage(ComposedStage stage, long memory) : IStage
    {
        public string Name => stage.Name;

        public string Summary => stage.Summary;

        public IReadOnlyList<Step> Steps() => [.. stage.Steps().Select(Holding)];

        private Step Holding(Step step) => ReferenceEquals(step.Needs, Resources.OneCpu) && memory != step.Needs.Memory
            ? step.Needing(step.Needs with { Memory = memory }) : step;
    }
}
