using System.Globalization;

namespace TauPipeline.Queues;

/// <summary>The submit description of a wave: a job for each of its places, which HTCondor calls processes.</summary>
internal static class CondorDescription
{
    private const string Place = "$(ProcId)";

    /// <summary>Its text.</summary>
    public static string Of(WaveFolder folder, JobRequest request, QueueSettings settings)
    {
        List<string> lines =
        [
            "universe = vanilla",
            $"batch_name = {folder.Name}",
            $"executable = {request.Command[0]}",
            $"arguments = {Arguments([.. request.Command.Skip(1).SkipLast(1), request.Command[^1] + Place])}",
            $"output = {folder.Output(Place)}",
            $"error = {folder.Output(Place + "-err")}",
            $"log = {folder.Output("log")}",
            // Driver and jobs share a file system; a row that is tried again gets another folder, by another job.
            "should_transfer_files = NO",
            "transfer_executable = False",
            "max_retries = 0",
            string.Create(CultureInfo.InvariantCulture, $"request_cpus = {request.Cpu}"),
            string.Create(CultureInfo.InvariantCulture, $"request_memory = {request.Memory >> 20}"),
            string.Create(CultureInfo.InvariantCulture, $"+{settings.TimeAttribute} = {(long)Math.Ceiling(request.Time.TotalSeconds)}"),
            // By name: the values stand nowhere.
            $"getenv = {string.Join(", ", PassedVariables.With(settings.Environment))}",
        ];
        if (settings.AtOnce > 0) lines.Add(string.Create(CultureInfo.InvariantCulture, $"max_materialize = {settings.AtOnce}"));
        if (request.Settings.Account is { } account) lines.Add($"accounting_group = {account}");
        lines.AddRange(request.Settings.Options);
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"queue {request.Jobs}"));
        return string.Join('\n', lines) + "\n";
    }

    // The new syntax of the manual: all in double quotes, each in single ones; a quote of either kind inside is doubled.
    private static string Arguments(IEnumerable<string> words) => $"\"{string.Join(' ', words.Select(Word))}\"";

    private static string Word(string word) =>
        $"'{word.Replace("'", "''", StringComparison.Ordinal).Replace("\"", "\"\"", StringComparison.Ordinal)}'";
}
