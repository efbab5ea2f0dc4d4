namespace TauPipeline.BuildGraph;

/// <summary>A step and its place in the plan: the steps whose products it reads, and those that read its own.</summary>
internal sealed class PlannedStep(Step step, bool isTarget)
{
    public Step Step { get; } = step;

    /// <summary>Whether it belongs to a stage that was asked for by name.</summary>
    public bool IsTarget { get; } = isTarget;

    /// <summary>What it needs now: what it declares, or more after it ran out of memory.</summary>
    public Resources Needs { get; set; } = step.Needs;

    /// <summary>Which attempt at it is the present one, from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>The most memory that any attempt's child was seen to take, in bytes.</summary>
    public long PeakMemory { get; set; }

    /// <summary>Its place in plan order: after everything it reads from.</summary>
    public int Index { get; set; }

    /// <summary>Makers of what it reads, each once.</summary>
    public List<PlannedStep> Upstream { get; } = [];

    /// <summary>Readers of what it makes, each once.</summary>
    public List<PlannedStep> Downstream { get; } = [];
}
