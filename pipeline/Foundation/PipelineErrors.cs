namespace TauPipeline.Foundation;

/// <summary>An error that is shown to the user as an <see cref="ErrorText"/>; which of the three it is decides the exit code.</summary>
public abstract class PipelineException(ErrorText text, Exception? cause) : Exception(text.ToString(), cause)
{
    /// <summary>Title, facts and advice.</summary>
    public ErrorText Text { get; } = text;
}

/// <summary>The command line, the campaign or a manifest is wrong: exit code 2.</summary>
public sealed class Misuse(ErrorText text, Exception? cause = null) : PipelineException(text, cause)
{
    /// <summary>A misuse that its title says in full.</summary>
    public Misuse(string title) : this(new ErrorText(title)) { }
}

/// <summary>A step could not do its work on these data: exit code 1.</summary>
public sealed class StepFailed(ErrorText text, Exception? cause = null) : PipelineException(text, cause)
{
    /// <summary>A failure that its title says in full.</summary>
    public StepFailed(string title) : this(new ErrorText(title)) { }

    /// <summary>Whether a process of it was killed by somebody else, as the kernel does when memory runs out.</summary>
    public bool WasKilled { get; init; }

    /// <summary>Whether the machine that worked on it was lost, so that nothing is known against the step itself.</summary>
    public bool WasLost { get; init; }
}

/// <summary>A mistake of ours, shown with its stack: exit code 3.</summary>
public sealed class Defect(ErrorText text, Exception? cause = null) : PipelineException(text, cause)
{
    /// <summary>A defect that its title says in full: which invariant broke, and with which values.</summary>
    public Defect(string title) : this(new ErrorText(title)) { }
}
