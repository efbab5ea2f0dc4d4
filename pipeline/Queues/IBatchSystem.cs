namespace TauPipeline.Queues;

/// <summary>What is asked of a site's batch system. What became of a row is believed to the row's own files, never to this.</summary>
internal interface IBatchSystem
{
    /// <summary>How it is called in messages.</summary>
    string Name { get; }

    /// <summary>Submits all jobs of a wave under its name.</summary>
    /// <returns>What the batch system calls it.</returns>
    /// <exception cref="SiteRefusalException">It will not have it.</exception>
    /// <exception cref="SiteSilenceException">It may or may not have it: look for its name before it is submitted again.</exception>
    Task<string> Submit(WaveFolder folder, JobRequest request, CancellationToken cancellation);

    /// <summary>What it calls a wave of that name, also one whose jobs have just ended; <see langword="null"/> if it has none.</summary>
    /// <exception cref="SiteSilenceException">It does not answer.</exception>
    Task<string?> Find(string wave, CancellationToken cancellation);

    /// <summary>The jobs of these waves that wait or run.</summary>
    /// <exception cref="SiteSilenceException">It does not answer.</exception>
    Task<IReadOnlyDictionary<JobId, JobState>> Look(IReadOnlyList<string> waves, CancellationToken cancellation);

    /// <summary>How a job ended that does not wait or run any more.</summary>
    /// <exception cref="SiteSilenceException">It does not answer.</exception>
    Task<JobEnd> EndOf(JobId job, CancellationToken cancellation);

    /// <summary>Ends jobs of a wave, whether they wait or run; those that have ended are no mistake.</summary>
    /// <exception cref="SiteSilenceException">It does not answer.</exception>
    Task Cancel(string id, IReadOnlyList<int> elements, CancellationToken cancellation);
}

/// <summary>A job of a wave.</summary>
/// <param name="Id">What the batch system calls the wave: the array's number.</param>
/// <param name="Element">Its place in the wave.</param>
internal readonly record struct JobId(string Id, int Element)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id}_{Element}";
}

/// <summary>What a wave's jobs ask for, each the same.</summary>
/// <param name="Jobs">How many there are.</param>
/// <param name="Cpu">Processors.</param>
/// <param name="Memory">Bytes, with those of the program itself.</param>
/// <param name="Time">How long one may run.</param>
/// <param name="Settings">What its stage asks for.</param>
/// <param name="Command">The program of a job and its arguments but the last, which is its place in the wave.</param>
internal sealed record JobRequest(int Jobs, int Cpu, long Memory, TimeSpan Time, JobSettings Settings, IReadOnlyList<string> Command);

/// <summary>A job that waits or runs.</summary>
/// <param name="Where">Where it runs; <see langword="null"/> while it waits.</param>
/// <param name="Reason">Why it waits, in the batch system's words.</param>
/// <param name="IsHopeless">Whether it would wait for ever.</param>
internal sealed record JobState(string? Where, string? Reason, bool IsHopeless);

/// <summary>How a job ended, as far as the batch system knows.</summary>
/// <param name="How">In its words.</param>
/// <param name="Kind">What that means.</param>
internal sealed record JobEnd(string How, JobEndKind Kind);

/// <summary>What the end of a job means to its rows.</summary>
internal enum JobEndKind
{
    /// <summary>It came to its end: the rows' files must be on their way.</summary>
    Done,
    /// <summary>Machine or batch system failed it, or nothing is known.</summary>
    Lost,
    /// <summary>It took more memory than it had asked for.</summary>
    OutOfMemory,
    /// <summary>It took longer than it had asked for.</summary>
    OutOfTime,
    /// <summary>Somebody ended it.</summary>
    Cancelled,
}

/// <summary>The batch system does not take a job, and says why.</summary>
public sealed class SiteRefusalException(string said) : Exception(said);

/// <summary>The batch system does not answer: nothing can be concluded.</summary>
public sealed class SiteSilenceException(string said) : Exception(said);
