namespace TauPipeline.BuildGraph;

/// <summary>What a step depends on now, and why it is stale; it is up to date when there is no reason.</summary>
/// <param name="Fingerprint">Of the inputs as they are.</param>
/// <param name="Inputs">What each input contains, in the order of <see cref="Step.Reads"/>.</param>
/// <param name="Reasons">Why it must run.</param>
/// <param name="Lineage">The lineage text, if the step reads it.</param>
internal sealed record Verdict(
    Fingerprint Fingerprint,
    IReadOnlyList<InputContent> Inputs,
    IReadOnlyList<StaleReason> Reasons,
    string? Lineage)
{
    /// <summary>Nothing is to be done, so nothing more is said.</summary>
    public static Verdict UpToDate { get; } = new(new Fingerprint(default, default), [], [], null);

    public bool IsUpToDate => Reasons.Count == 0;
}
