namespace TauPipeline.BuildGraph;

/// <summary>A product that stands in an output folder and that the folder's log knows.</summary>
/// <param name="Path">Its logical path.</param>
/// <param name="Kind">File or folder.</param>
/// <param name="Size">As it is now, in bytes.</param>
/// <param name="Step">The step that made it.</param>
/// <param name="IsEdited">Whether it is not as that step left it.</param>
public sealed record StandingProduct(string Path, ArtifactKind Kind, long Size, string Step, bool IsEdited);

/// <summary>
/// What may be cleaned away: only paths that the log of an output folder has recorded. Looking takes no lock; whoever removes must hold
/// the folder's.
/// </summary>
public static class StandingProducts
{
    /// <summary>All of them, ordered by path.</summary>
    public static IReadOnlyList<StandingProduct> Of(string outputFolder, CancellationToken cancellation) =>
        Find(outputFolder, _ => true, cancellation);

    /// <summary>Those that no step of the campaign makes any more, ordered by path.</summary>
    public static IReadOnlyList<StandingProduct> Orphans(string outputFolder, IReadOnlyList<IStage> stages, CancellationToken cancellation)
    {
        HashSet<string> declared =
        [
            .. stages.SelectMany(stage => stage.Steps()).SelectMany(step => step.Outputs()).Select(output => output.Path),
        ];
        // A folder that holds, or stands in, what is made today is not taken away whole.
        HashSet<string> above = [.. declared.SelectMany(LogicalPath.Above)];
        return Find(
            outputFolder,
            path => !declared.Contains(path) && !above.Contains(path) && !LogicalPath.Above(path).Any(declared.Contains),
            cancellation);
    }

    /// <summary>Removes a product, and the folders that it leaves empty.</summary>
    public static void Remove(string outputFolder, StandingProduct product)
    {
        var folder = new BuildFolder(outputFolder);
        string place = folder.Product(product.Path);
        if (product.Kind == ArtifactKind.Folder) Directory.Delete(place, recursive: true);
        else File.Delete(place);
        foreach (string above in LogicalPath.Above(product.Path).Reverse().Select(folder.Product))
        {
            if (Directory.EnumerateFileSystemEntries(above).Any()) return;
            Directory.Delete(above);
        }
    }

    private static IReadOnlyList<StandingProduct> Find(string outputFolder, Func<string, bool> isWanted, CancellationToken cancellation)
    {
        var folder = new BuildFolder(outputFolder);
        using var log = BuildLog.ReadOnly(folder);
        var contents = new Contents(folder, log, FileStamp.CoarsestTick);
        return
        [
            .. log.Steps()
                .SelectMany(step => step.Outputs, (step, output) => (Step: step.Id, Output: output))
                .GroupBy(made => made.Output.Path, StringComparer.Ordinal)
            .Where(path => LogicalPath.ProductFault(path.Key) is null && isWanted(path.Key))
            .OrderBy(path => path.Key, StringComparer.Ordinal)
            .Select(path => Look([.. path], contents, cancellation)).OfType<StandingProduct>()];
    }

    // Steps of different times may have made the same path; it is whole if it is as any of them left it.
    private static StandingProduct? Look((string Step, OutputRecord Output)[] makers, Contents contents, CancellationToken cancellation)
    {
        StandingProduct? edited = null;
        foreach ((string step, OutputRecord output) in makers)
        {
            if (contents.OfProduct(output.Kind, output.Path, cancellation) is not { } found) continue;
            if (found.Hash == output.Hash) return new StandingProduct(output.Path, output.Kind, found.Size, step, IsEdited: false);
            edited ??= new StandingProduct(output.Path, output.Kind, found.Size, step, IsEdited: true);
        }
        return edited;
    }
}
