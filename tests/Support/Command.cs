using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace TauPipeline.Tests.Support;

/// <summary>
/// Programs of others that a test runs to their end. What must be signalled, or killed with all it started, is not started here.
/// </summary>
public static class Command
{
    /// <summary>Runs a program and takes all that it prints, whatever its exit code.</summary>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static BufferedCommandResult Run(string program, params IEnumerable<string> arguments) =>
        RunIn(Environment.CurrentDirectory, program, arguments);

    /// <summary>The same in another folder.</summary>
    /// <inheritdoc cref="Run"/>
    public static BufferedCommandResult RunIn(string folder, string program, params IEnumerable<string> arguments) =>
        Cli.Wrap(program).WithArguments(arguments).WithWorkingDirectory(folder).WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync().GetAwaiter().GetResult();

    /// <summary>What a program prints that must succeed.</summary>
    /// <exception cref="InvalidOperationException">It failed; says what it printed on standard error.</exception>
    public static string Output(string program, params IEnumerable<string> arguments)
    {
        BufferedCommandResult result = Run(program, arguments);
        return result.IsSuccess ? result.StandardOutput
            : throw new InvalidOperationException($"{program} ended with {result.ExitCode}: {result.StandardError}");
    }
}
