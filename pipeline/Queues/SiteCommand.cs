using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace TauPipeline.Queues;

/// <summary>Runs a command of the site: arguments as a list, never a shell, and never for ever.</summary>
/// <param name="folder">Where the site's commands are; on <c>PATH</c> if <see langword="null"/>.</param>
internal sealed class SiteCommand(string? folder)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="Foundation.StepFailed">There is no such command.</exception>
    /// <exception cref="SiteSilenceException">It did not end in time.</exception>
    public async Task<SiteAnswer> Run(string command, IReadOnlyList<string> arguments, string input, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            BufferedCommandResult result = await Cli.Wrap(folder is null ? command : Path.Combine(folder, command))
                .WithArguments(arguments)
                .WithStandardInputPipe(PipeSource.FromString(input))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(limit.Token);
            return new SiteAnswer(result.ExitCode, result.StandardOutput, result.StandardError);
        }
        catch (Win32Exception) { throw QueuesErrors.NoCommand(command, folder); }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SiteSilenceException($"{command} did not end within {Limit}");
        }
    }
}

/// <summary>What a command of the site said.</summary>
internal sealed record SiteAnswer(int ExitCode, string Output, string Error)
{
    /// <summary>The lines that it printed, without empty ones.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
