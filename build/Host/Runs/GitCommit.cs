using System.ComponentModel;
using System.Text;
using CliWrap;

namespace TauPipeline.Host;

/// <summary>Which commit a checkout is at.</summary>
internal static class GitCommit
{
    /// <summary>The commit, and whether files that git knows were edited since; <see langword="null"/> without git or a repository.</summary>
    public static (string Commit, bool IsEdited)? Of(string folder)
    {
        const string edited = "-edited";
        var output = new StringBuilder();
        Command command = Cli.Wrap("git")
            .WithArguments(["-C", folder, "describe", "--always", "--abbrev=40", "--exclude=*", $"--dirty={edited}"])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithValidation(CommandResultValidation.None);
        try
        {
            if (!command.ExecuteAsync().GetAwaiter().GetResult().IsSuccess) return null;
        }
        catch (Win32Exception) { return null; } // there is no git here
        string commit = output.ToString().Trim();
        return commit.EndsWith(edited, StringComparison.Ordinal) ? (commit[..^edited.Length], true) : (commit, false);
    }
}
