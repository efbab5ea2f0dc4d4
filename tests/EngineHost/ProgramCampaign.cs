using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.EngineHost;

/// <summary>As many independent steps as wanted, each of which runs a shell script with its number and keeps what that prints.</summary>
internal static class ProgramCampaign
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<IStage> Compose(string count, string script) =>
        [new ToyStage("Program", [.. Enumerable.Range(0, int.Parse(count)).Select(i => Of($"{i}", script))])];

    private static Step Of(string key, string script)
    {
        var output = new Artifact<ToyText>($"program/{key}.txt");
        return new Step
        {
            Stage = "Program",
            Key = key,
            Reads = [],
            Writes = [output],
            Settings = SettingsUsed.None,
            Needs = new Resources { Memory = 1 },
            Work = run =>
                run.Write(
                    output,
                    new ToyText(ProcessRunner.Run(new ProcessRequest("sh", [script, key]) { Grace = Grace }, run.Cancellation).Output)),
        };
    }
}
