using TauPipeline.BuildGraph;

namespace TauPipeline.Stages;

/// <summary>A program that is not ours, run like a stage of ours: one step, or one for each file of an input.</summary>
/// <param name="settings">Its block of the campaign.</param>
/// <param name="items">What it reads, input by input.</param>
public sealed class ExternalStage(ExternalSettings settings, IReadOnlyList<ExternalItem> items) : IStage
{
    /// <inheritdoc/>
    public string Name => settings.Name;

    /// <inheritdoc/>
    public string Summary => settings.Summary;

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() => settings.ForEach is not { } each
        ? [StepOf("", items)]
        :
        [
            .. items.Where(item => item.Role == each)
                .Select(item => StepOf(item.Entry, [.. items.Where(other => other.Role != each), item])),
        ];

    /// <summary>The keys of the steps that a stage would have over these items, without making them.</summary>
    internal static IEnumerable<string> KeysOf(ExternalSettings settings, IReadOnlyList<ExternalItem> items) =>
        settings.ForEach is { } each ? items.Where(item => item.Role == each).Select(item => item.Entry) : [""];

    private Step StepOf(string entry, IReadOnlyList<ExternalItem> read) => new()
    {
        Stage = Name,
        Key = entry,
        Reads = [.. read.Select(item => new StepInput(item.Role, item.Artifact)), .. ProgramInput()],
        Writes = [.. settings.Outputs.Select(output => output.ProductOf(entry))],
        Settings = settings.Used,
        // Where the program stands on a machine does not count; which one it is does.
        Tools = settings.Version is null ? [] : [$"{Path.GetFileName(settings.Program)}: {settings.Version}"],
        Needs = settings.Needs.Resources(),
        Isolated = true,
        Work = run => new ExternalRun(settings, run, entry).Do(read),
    };

    // The program's file is an input like any other: an edited script makes its steps stale, and says so.
    private StepInput[] ProgramInput()
    {
        if (settings.Version is not null) return [];
        string place = ProcessRunner.Find(settings.Program)
            ?? $"{settings.Program}{(settings.Program.Contains('/', StringComparison.Ordinal) ? "" : " (not found on PATH)")}";
        return
        [
            new StepInput(
                "program",
                Artifact.Raw($"{Name}/{Path.GetFileName(settings.Program)}", new RawSource(place, StatedAt: settings.ProgramWhere))),
        ];
    }
}
