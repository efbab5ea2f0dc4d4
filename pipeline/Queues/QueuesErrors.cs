using TauPipeline.Foundation;

namespace TauPipeline.Queues;

/// <summary>What can be wrong with a batch system.</summary>
internal static class QueuesErrors
{
    public static Misuse NoJob(string found) => new($"--job={found} is not the place of a job in its wave");

    public static Misuse OtherWave(string file) => new(new ErrorText("the rows are not those that were submitted", [("file", file)]));

    public static Misuse WaveNotSeen(string file, Exception problem) => new(new ErrorText(
        "this machine does not see the file of the wave",
        [("file", file), ("said", problem.Message)],
        "products, and this program, must stand on a file system that driver and jobs share"));

    public static StepFailed Refused(string step, string system, string said) => new(new ErrorText(
        $"{system} does not take a job of {step}",
        [("said", said)],
        "the campaign's block 'queue' says what jobs ask for"));

    public static StepFailed Hopeless(string step, string system, JobId job, string? reason) => new(new ErrorText(
        $"{system} will never start {step}",
        [("job", job.ToString()), ("reason", reason ?? "not said")],
        "no machine of the partition has what it asks for: see the campaign's block 'queue' and the stage's own needs"));

    public static StepFailed Silent(string step, string system, TimeSpan patience, string said) => new(new ErrorText(
        $"{system} has not answered for {patience}: it is not known what became of {step}",
        [("said", said)],
        "the same command goes on where it stopped: it takes over the jobs that it finds"));

    public static StepFailed NoCommand(string command, string? folder) => new(new ErrorText(
        $"there is no command '{command}' {(folder is null ? "on PATH" : $"in {folder}")}",
        [],
        "run on a machine that submits to the batch system, or say where its commands are: queue.commands"));
}
