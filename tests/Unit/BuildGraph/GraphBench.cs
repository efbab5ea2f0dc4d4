using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.EngineHost;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>The toy of twenty steps, built here or in a host that may be killed, and what every fault must leave as it was.</summary>
internal sealed class GraphBench : IDisposable
{
    private const int Raws = 6;
    private readonly IReadOnlyDictionary<string, string> _undisturbed;

    /// <summary>A graph over its raw files, built once without any disturbance to know what must come out.</summary>
    public GraphBench()
    {
        Directory.CreateDirectory(Raw);
        WriteRaws("new");
        Bench.Build(Request() with { Out = Bench.Out + "-undisturbed" }).FirstError.ShouldBeNull();
        _undisturbed = Products(Bench.Out + "-undisturbed");
    }

    public BuildBench Bench { get; } = new();

    private string Raw => Path.Combine(Bench.Root, "raw");

    public void Dispose() => Bench.Dispose();

    /// <summary>An output folder as a build of other raw files left it, or none.</summary>
    public void Prepare(bool isBuilt)
    {
        if (Directory.Exists(Bench.Out)) Directory.Delete(Bench.Out, recursive: true);
        if (!isBuilt) return;
        WriteRaws("old");
        Bench.Build(Request()).FirstError.ShouldBeNull();
        WriteRaws("new");
    }

    public BuildRequest Request() => Bench.Request(ToyCampaign.Compose($"graph,{Raw}")) with { Campaign = $"graph,{Raw}" };

    /// <summary>Builds in a process of its own.</summary>
    public (int Code, string Told) Host(int dieAt = 0, params (string Name, string? Value)[] environment) =>
        Host(Bench.Out, ["dotnet"], dieAt, environment);

    /// <summary>Builds another folder in a process that is started through other programs.</summary>
    public (int Code, string Told) Host(string output, string[] through, int dieAt = 0, params (string Name, string? Value)[] environment)
    {
        ProcessOutcome outcome = ProcessRunner.Run(
            new ProcessRequest(
                through[0],
                [.. through[1..], typeof(ToyCampaign).Assembly.Location, "run", $"graph,{Raw}", output, $"{dieAt}"])
            {
                Environment = environment.ToDictionary(variable => variable.Name, variable => variable.Value),
            }, CancellationToken.None);
        return (outcome.ExitCode, outcome.Output + outcome.Error);
    }

    /// <summary>
    /// The common oracle of all faults: one plain build heals, with the bytes of the undisturbed one and nothing left over; the next does
    /// nothing.
    /// </summary>
    public BuildSummary ShouldHeal(string after)
    {
        BuildSummary healed = Bench.Build(Request());
        healed.FirstError.ShouldBeNull(after);
        healed.Steps.SelectMany(step => step.Reasons)
            .ShouldNotContain(reason => (reason.New ?? "").Contains("edited outside", StringComparison.Ordinal), after);
        ShouldBeUndisturbed(Bench.Out, after);
        Bench.Build(Request()).Count(StepOutcome.UpToDate).ShouldBe(healed.Steps.Count, after);
        return healed;
    }

    /// <summary>Every product has the bytes of the undisturbed build, there is no other file, and no attempt is left.</summary>
    public void ShouldBeUndisturbed(string folder, string after)
    {
        Products(folder).ShouldBe(_undisturbed, ignoreOrder: true, after);
        Directory.GetFileSystemEntries(Path.Combine(folder, ".tau", "attempts")).ShouldBeEmpty(after);
        Directory.GetFileSystemEntries(Path.Combine(folder, ".tau", "plans")).ShouldBeEmpty(after);
    }

    /// <summary>Relative path and text of every file outside the engine's own folder.</summary>
    public static IReadOnlyDictionary<string, string> Products(string folder) => Directory.Exists(folder)
        ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))
            .Where(file => !file.StartsWith(".tau/", StringComparison.Ordinal))
            .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(folder, file)))
        : new Dictionary<string, string>();

    /// <summary>Other raw files.</summary>
    public void WriteRaws(string text)
    {
        for (int i = 0; i < Raws; i++) File.WriteAllText(Path.Combine(Raw, $"{i}.txt"), $"{text} {i}");
    }
}
