namespace TauPipeline.Physics;

/// <summary>What a class is to the network.</summary>
public enum ClassRole
{
    /// <summary>What is looked for: a score is the probability of all signals over that of signals and one background.</summary>
    Signal,
    /// <summary>What it is told from.</summary>
    Background,
    /// <summary>Counted, never trained: embedded samples, collision data.</summary>
    Aside,
}
