using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Prints an error as its text, a defect also with its stack.</summary>
internal static class Failure
{
    /// <param name="error">The error.</param>
    /// <param name="terminal">Where to.</param>
    /// <param name="asJson">Whether as an event on standard output too.</param>
    /// <param name="step">The step it ended, if it was one.</param>
    /// <returns>The exit code.</returns>
    public static int Print(Exception error, Terminal terminal, bool asJson, string? step = null)
    {
        int code = ExitCode.Of(error);
        ErrorText text = step is null ? TextOf(error) : In(step, TextOf(error));
        if (asJson) terminal.Output.WriteLine(JsonLine.Of(line => line.Write("event", "error").Write("code", code).Write(text)));
        terminal.Error.WriteLine(text);
        if (code == ExitCode.Defect)
            terminal.Error.WriteLine($"\nThis is a mistake of the program. Please report it with these lines:\n{error}");
        return code;
    }

    /// <summary>The error with its step among the facts: what a stage says of a file often does not name it.</summary>
    public static ErrorText In(string step, ErrorText error) =>
        error.Title.Contains(step, StringComparison.Ordinal) ? error : error with { Facts = [("step", step), .. error.Facts] };

    private static ErrorText TextOf(Exception error) => error switch
    {
        PipelineException known => known.Text,
        OperationCanceledException => new ErrorText("interrupted"),
        _ => new ErrorText(error.Message),
    };
}
