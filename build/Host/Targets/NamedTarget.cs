namespace TauPipeline.Host;

/// <summary>What one can type after <c>--target=</c>: a stage, an alias for several stages, or a tool.</summary>
/// <param name="Name">As registered with Cake.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Needs">The targets that Cake walks before it.</param>
/// <param name="Stages">The stages it stands for; none for a tool.</param>
internal sealed record NamedTarget(string Name, string Summary, IReadOnlyList<string> Needs, IReadOnlyList<string> Stages)
{
    /// <summary>The tool, if it is one.</summary>
    public ITool? Tool { get; init; }
}
