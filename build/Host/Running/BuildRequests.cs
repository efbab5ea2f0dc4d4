using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>What is asked of the engine.</summary>
internal static class BuildRequests
{
    /// <summary>Program and first arguments of another process of this program.</summary>
    public static IReadOnlyList<string> Host => [Environment.ProcessPath!, "exec", Environment.GetCommandLineArgs()[0]];

    public static BuildRequest Of(Invocation call, IReadOnlyList<string> stages, IBuildReporter reporter) => new()
    {
        Stages = call.Campaign.Stages,
        Targets = stages,
        Exclusive = call.Line.Has(Options.Exclusive),
        Out = call.Campaign.Out,
        Seed = call.Campaign.Seed,
        Code = CodeFingerprints.Of(call.Campaign.Stages),
        CodeChanges = new CodeListings(Repository.At(".artifacts", "code")).Changes,
        Campaign = call.Campaign.ResolvedText,
        ChildCommand = Host,
        CommandLine = $"dotnet cake {call.Line.Text}".TrimEnd(),
        Jobs = call.Line.Jobs,
        Cache = CachePlace.Find(),
        KeepGoing = call.Line.Has(Options.KeepGoing),
        Wait = !call.Line.Has(Options.NoWait),
        Reporter = reporter,
    };
}
