using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Prints an error as its text, a defect also with its stack.</summary>
internal static class Failure
{
    /// <returns>The exit code.</returns>
    public static int Print(Exception error, Terminal terminal, bool asJson)
    {
        int code = ExitCode.Of(error);
        ErrorText text = TextOf(error);
        if (asJson) terminal.Output.WriteLine(JsonLine.Of(line => line.Write("event", "error").Write("code", code).Write(text)));
        terminal.Error.WriteLine(text);
        if (code == ExitCode.Defect) terminal.Error.WriteLine($"\nThis is a mistake of the program. Please report it with these lines:\n{error}");
        return code;
    }

    private static ErrorText TextOf(Exception error) => error switch
    {
        PipelineException known => known.Text,
        OperationCanceledException => new ErrorText("interrupted"),
        _ => new ErrorText(error.Message),
    };
}
