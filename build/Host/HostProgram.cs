using TauPipeline.Queues;

namespace TauPipeline.Host;

/// <summary>
/// The program: reads the command line, finds the targets, lets Cake walk them, and turns what came of it into an exit code.
/// </summary>
internal static class HostProgram
{
    public static async Task<int> Run(string[] words, Campaigns campaigns, Terminal terminal)
    {
        using FileStream inUse = HoldOwnFolder();
        using var interrupts = new Interrupts(terminal.Error.WriteLine);
        try
        {
            if (words is ["exec-step", ..]) return ExecStep.Run(words[1..], campaigns, interrupts.Token);
            if (words is [WaveJob.Verb, ..]) return await WaveJob.Run(words[1..], interrupts.Token);
            var call = new Invocation(CommandLineParser.Parse(words), terminal, campaigns, interrupts.Token);
            return call.Line.Targets.Count == 0 && call.Line.Mode is (RunMode.Run or RunMode.DryRun)
                ? HelpPage.Print(call)
                : await TargetRun.Run(call);
        }
        catch (Exception error)
        {
            return Failure.Print(error, terminal, words.Contains(Options.Json.ToString()));
        }
    }

    // The launcher prunes old copies of the host, but not one that it cannot open alone.
    private static FileStream HoldOwnFolder() => new(typeof(HostProgram).Assembly.Location, FileMode.Open, FileAccess.Read, FileShare.Read);
}
