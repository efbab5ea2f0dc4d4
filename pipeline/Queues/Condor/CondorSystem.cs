using System.Globalization;

namespace TauPipeline.Queues;

/// <summary>
/// HTCondor, through its commands, on a file system that the machines share. No real pool was at hand: what the commands print is taken
/// from the manual and from programs that read it, and tested with commands that print the same.
/// </summary>
internal sealed class CondorSystem(QueueSettings settings) : IBatchSystem
{
    private readonly SiteCommand _site = new(settings.Commands);

    // Why those were held that we removed: later answers only say that somebody removed them.
    private readonly Dictionary<JobId, JobEnd> _held = [];

    /// <inheritdoc/>
    public string Name => "HTCondor";

    /// <inheritdoc/>
    public async Task<string> Submit(WaveFolder folder, JobRequest request, CancellationToken cancellation)
    {
        File.WriteAllText(folder.Description, CondorDescription.Of(folder, request, settings));
        SiteAnswer answer = await _site.Run("condor_submit", [folder.Description], "", cancellation);
        if (CondorText.IsSilence(answer)) throw new SiteSilenceException(answer.Error.Trim());
        return answer.ExitCode == 0 && CondorText.Cluster(answer.Output) is { } cluster
            ? cluster
            : throw new SiteRefusalException($"{answer.Error}{answer.Output}".Trim());
    }

    /// <inheritdoc/>
    public async Task<string?> Find(string wave, CancellationToken cancellation)
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> there = await Ask("condor_q", ["-constraint", Named([wave])], cancellation);
        if (there.Count == 0) there = await Ask("condor_history", ["-constraint", Named([wave]), "-limit", "1"], cancellation);
        return there.Count > 0 ? there[0][CondorText.ClusterAttribute] : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<JobId, JobState>> Look(IReadOnlyList<string> waves, CancellationToken cancellation) =>
        CondorText.Queue(await Ask("condor_q", ["-constraint", Named(waves)], cancellation));

    /// <inheritdoc/>
    public async Task<JobEnd> EndOf(JobId job, CancellationToken cancellation)
    {
        if (_held.TryGetValue(job, out JobEnd? held)) return held;
        IReadOnlyList<IReadOnlyDictionary<string, string>> there = await Ask("condor_q", [Numbered(job)], cancellation);
        if (there.Count == 0) there = await Ask("condor_history", [Numbered(job), "-limit", "1"], cancellation);
        if (there.Count == 0) return new JobEnd("HTCondor does not know it any more", JobEndKind.Lost);
        JobEnd end = CondorText.End(there[0]);
        if (!CondorText.IsHeld(there[0])) return end;
        // It would stay so for ever, and its row is tried again by another job.
        await Cancel(job.Id, [job.Element], cancellation);
        return _held[job] = end;
    }

    /// <inheritdoc/>
    public async Task Cancel(string id, IReadOnlyList<int> elements, CancellationToken cancellation)
    {
        // It fails, too, where all of them have ended: then there is nothing to do.
        IEnumerable<string> jobs = elements.Select(element => Numbered(new JobId(id, element)));
        SiteAnswer answer = await _site.Run("condor_rm", [.. jobs], "", cancellation);
        if (CondorText.IsSilence(answer)) throw new SiteSilenceException(answer.Error.Trim());
    }

    private static string Numbered(JobId job) => string.Create(CultureInfo.InvariantCulture, $"{job.Id}.{job.Element}");

    private static string Named(IEnumerable<string> waves) => string.Join(" || ", waves.Select(wave => $"JobBatchName == \"{wave}\""));

    private async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> Ask(
        string command, IReadOnlyList<string> which, CancellationToken cancellation)
    {
        SiteAnswer answer = await _site.Run(command, [.. which, "-af:lng", .. CondorText.Attributes], "", cancellation);
        return answer.ExitCode == 0 ? CondorText.Blocks(answer.Output) : throw new SiteSilenceException(answer.Error.Trim());
    }
}
