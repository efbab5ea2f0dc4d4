namespace TauPipeline.Host;

/// <summary>The exit codes and what they mean.</summary>
internal static class ExitCode
{
    public const int Done = 0, StepFailed = 1, Misuse = 2, Defect = 3, Interrupted = 130;

    /// <summary>The exit code of an error. A disk or a permission is not a mistake of ours.</summary>
    public static int Of(Exception error) => error switch
    {
        Foundation.Misuse => Misuse,
        Foundation.StepFailed or IOException or UnauthorizedAccessException => StepFailed,
        OperationCanceledException => Interrupted,
        _ => Defect,
    };
}
