using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>
/// A way to make one sample of several groups of rows: which row comes next, and how often it is taken. Thinning and drawing
/// (<see cref="GroupMixer"/>), resampling, balancing: the caller streams rows in and writes those taken, whatever the way.
/// </summary>
public interface IMixing
{
    /// <summary>
    /// All decisions in the order of the output, one a row that was asked for: <paramref name="groups"/> are the rows of each
    /// group in reading order. A row may be held back and decided on later, for it travels with its candidate; what is held
    /// is in memory.
    /// </summary>
    IEnumerable<MixStep> Mix(IReadOnlyList<IEnumerator<MixCandidate>> groups);
}

/// <summary>One candidate of a group: what mixing looks at, and the row that it stands for.</summary>
/// <param name="Entry">Its number in the group; random decisions depend on it, not on when it is read.</param>
/// <param name="Type">Truth class.</param>
/// <param name="AbsEta">Absolute pseudorapidity.</param>
/// <param name="Pt">Transverse momentum, GeV.</param>
public readonly record struct MixCandidate(long Entry, TauClass Type, double AbsEta, double Pt)
{
    /// <summary>Weight of its event.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The row itself, with all its columns.</summary>
    public BatchRow Row { get; init; }
}

/// <summary>One decision.</summary>
/// <param name="Group">Place of the candidate's group.</param>
/// <param name="Candidate">On whom.</param>
/// <param name="Copies">How often it is written, one after the other; 0 leaves it out.</param>
/// <param name="Reason">Why it is left out or repeated, fit for the row ledger.</param>
public readonly record struct MixStep(int Group, MixCandidate Candidate, int Copies, string Reason)
{
    /// <summary>Whether the row was decided on before, and comes once more: where copies do not stand together.</summary>
    public bool IsAgain { get; init; }
}
