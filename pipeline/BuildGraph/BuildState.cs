using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>A product as the build log knows it.</summary>
/// <param name="Path">Logical path.</param>
/// <param name="Kind">File or folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Hash">sha256 of its content.</param>
/// <param name="IsReleased">Whether it was deleted on purpose (<see cref="ProductRelease"/>).</param>
public sealed record ProductState(string Path, ArtifactKind Kind, long Size, ContentHash Hash, bool IsReleased = false);

/// <summary>A step as it was last built.</summary>
public sealed record StepState(string Id, ContentHash Fingerprint, TimeSpan Duration, IReadOnlyList<ProductState> Products);

/// <summary>What an output folder's log remembers; reads only, takes no lock.</summary>
public static class BuildState
{
    /// <summary>Every step ever built in that folder, ordered by id; nothing if there is no log.</summary>
    public static IReadOnlyList<StepState> Of(string outputFolder)
    {
        using var log = BuildLog.ReadOnly(new BuildFolder(outputFolder));
        return [.. log.Steps().Select(step => new StepState(step.Id, step.Fingerprint.Hash, step.Duration,
            [
                .. step.Outputs.Select(output => new ProductState(
                    output.Path,
                    output.Kind,
                    output.Size,
                    output.Hash,
                    log.IsReleased(output.Path))),
            ])),
];
    }

    /// <summary>Who works on that folder now, or <see langword="null"/> if nobody does, or it is not known here; looks only.</summary>
    public static string? HolderOf(string outputFolder) => FolderLock.HolderNow(new BuildFolder(outputFolder));

    /// <summary>Where the process of an isolated step prints to; the file of its last run, if it ever had one.</summary>
    public static string LogOf(string outputFolder, Step step) => new BuildFolder(outputFolder).LogOf(step);

    /// <summary>Where a step with that fingerprint notes series of numbers; the file is there if it noted any.</summary>
    public static string JournalOf(string outputFolder, Step step, ContentHash fingerprint) =>
        new BuildFolder(outputFolder).JournalOf(step, fingerprint);
}
