using System.Globalization;

namespace TauPipeline.Queues;

/// <summary>
/// Slurm, through its commands. What they print, and what a site's accidents look like in it, was measured with 22.05; other versions
/// print the same where a format is asked for.
/// </summary>
internal sealed class SlurmSystem(QueueSettings settings) : IBatchSystem
{
    private const string ElementVariable = "$SLURM_ARRAY_TASK_ID";

    private readonly SiteCommand _site = new(settings.Commands);

    /// <inheritdoc/>
    public string Name => "Slurm";

    /// <inheritdoc/>
    public async Task<string> Submit(WaveFolder folder, JobRequest request, CancellationToken cancellation)
    {
        SiteAnswer answer = await _site.Run("sbatch", Arguments(folder, request), Script(request), cancellation);
        if (SlurmText.IsSilence(answer)) throw new SiteSilenceException(answer.Error.Trim());
        if (answer.ExitCode != 0) throw new SiteRefusalException(answer.Error.Trim());
        // In a federation the cluster's name follows the number.
        return answer.Output.Trim().Split(';')[0];
    }

    /// <inheritdoc/>
    public async Task<string?> Find(string wave, CancellationToken cancellation)
    {
        SiteAnswer answer = await Ask("squeue", ["--noheader", "--states=all", $"--name={wave}", "--format=%F"], cancellation);
        return answer.Lines.Count > 0 ? answer.Lines[0] : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<JobId, JobState>> Look(IReadOnlyList<string> waves, CancellationToken cancellation)
    {
        SiteAnswer answer = await Ask(
            "squeue",
            ["--noheader", "--array", $"--name={string.Join(',', waves)}", $"--format={SlurmText.QueueFormat}"],
            cancellation);
        return SlurmText.Queue(answer.Lines);
    }

    /// <inheritdoc/>
    public async Task<JobEnd> EndOf(JobId job, CancellationToken cancellation)
    {
        SiteAnswer kept = await _site.Run(
            "sacct",
            ["--noheader", "--parsable2", "--allocations", $"--jobs={job}", $"--format={SlurmText.AccountFormat}"],
            "",
            cancellation);
        if (kept.ExitCode == 0 && kept.Lines.Count > 0) return SlurmText.AccountEnd(kept.Lines[0]);
        // Without accounting the controller still knows those that ended a short while ago.
        SiteAnswer shown = await _site.Run("scontrol", ["show", "job", $"{job}", "--oneliner"], "", cancellation);
        if (SlurmText.IsSilence(shown)) throw new SiteSilenceException(shown.Error.Trim());
        return shown.ExitCode == 0 ? SlurmText.ShownEnd(shown.Output) : new JobEnd("Slurm does not know it any more", JobEndKind.Lost);
    }

    /// <inheritdoc/>
    public async Task Cancel(string id, IReadOnlyList<int> elements, CancellationToken cancellation) =>
        await Ask("scancel", ["--quiet", .. elements.Select(element => $"{new JobId(id, element)}")], cancellation);

    private List<string> Arguments(WaveFolder folder, JobRequest request)
    {
        string throttle = settings.AtOnce > 0 ? string.Create(CultureInfo.InvariantCulture, $"%{settings.AtOnce}") : "";
        List<string> arguments =
        [
            "--parsable",
            $"--job-name={folder.Name}",
            string.Create(CultureInfo.InvariantCulture, $"--array=0-{request.Jobs - 1}{throttle}"),
            string.Create(CultureInfo.InvariantCulture, $"--cpus-per-task={request.Cpu}"),
            string.Create(CultureInfo.InvariantCulture, $"--mem={request.Memory >> 20}M"),
            string.Create(CultureInfo.InvariantCulture, $"--time={Math.Max(1, (long)Math.Ceiling(request.Time.TotalMinutes))}"),
            // A row that is tried again gets another folder: that is for the engine to do.
            "--no-requeue",
            $"--export={string.Join(',', PassedVariables.With(settings.Environment))}",
            $"--output={folder.Output("%a")}",
        ];
        if (request.Settings.Partition is { } partition) arguments.Add($"--partition={partition}");
        if (request.Settings.Account is { } account) arguments.Add($"--account={account}");
        arguments.AddRange(request.Settings.Options);
        return arguments;
    }

    private static string Script(JobRequest request) =>
        $"#!/bin/sh\nexec {string.Join(' ', request.Command.Select(Quoted))}{ElementVariable}\n";

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private async Task<SiteAnswer> Ask(string command, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        SiteAnswer answer = await _site.Run(command, arguments, "", cancellation);
        return answer.ExitCode == 0 ? answer : throw new SiteSilenceException(answer.Error.Trim());
    }
}
