using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>The only way outputs appear: complete in the attempt's folder, announced in the log, then renamed, all or none.</summary>
internal sealed class Commit(BuildFolder folder, BuildLog log, Contents contents, Action<string>? passing)
{
    /// <summary>Checks that an attempt wrote what its step declares and nothing else, and takes size and hash of each output.</summary>
    /// <exception cref="Defect">It did not.</exception>
    public static IReadOnlyList<OutputRecord> Inspect(
        Step step,
        Attempt attempt,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, ContentHash>> columns)
    {
        IReadOnlyList<Artifact> outputs = step.Outputs();
        string[] missing = [.. outputs.Where(output => !attempt.Has(output.Path)).Select(output => output.Path)];
        if (missing.Length > 0) throw BuildGraphErrors.LeftUnwritten(step, missing);
        var files = outputs.Select(output => output.Path).ToHashSet(StringComparer.Ordinal);
        string[] folders = [.. outputs.Where(output => output.Kind == ArtifactKind.Folder).Select(output => output.Path + "/")];
        string[] stray =
        [
            .. FolderContent.Files(attempt.Root)
                .Where(file => !files.Contains(file) && !folders.Any(above => file.StartsWith(above, StringComparison.Ordinal))),
        ];
        if (stray.Length > 0) throw BuildGraphErrors.StrayFiles(step, stray);
        return [.. outputs.Select(output => Record(output, attempt.Output(output), columns.GetValueOrDefault(output.Path)))];
    }

    /// <summary>Puts all outputs of an attempt in their places; its folder is then empty but for folders.</summary>
    public void Take(Attempt attempt, StepRecord record)
    {
        var committing = new AttemptCommitting(Path.GetFileName(attempt.Root), record);
        log.Append(committing);
        Rename(attempt, committing);
    }

    /// <summary>Renames what is not in its place yet of a commit that was cut short.</summary>
    public void Finish(AttemptCommitting committing)
    {
        var attempt = new Attempt(folder.Attempt(committing.Attempt));
        Rename(attempt, committing);
        attempt.Delete();
    }

    private void Rename(Attempt attempt, AttemptCommitting committing)
    {
        foreach (OutputRecord output in committing.Record.Outputs)
        {
            passing?.Invoke($"rename {output.Path}");
            if (attempt.Has(output.Path)) Rename(attempt, output);
            if (output.Kind == ArtifactKind.Product) contents.Put(output.Path, output.Hash, FileStamp.Now());
        }
        passing?.Invoke("renamed");
        log.Append(new AttemptDone(committing.Record.Id));
    }

    /// <summary>Whether every output of a commit that was cut short is whole, here or there.</summary>
    public bool CanFinish(AttemptCommitting committing)
    {
        var attempt = new Attempt(folder.Attempt(committing.Attempt));
        return committing.Record.Outputs.All(output =>
            (
                attempt.Has(output.Path) ? Inspect(output.Kind, attempt.Output(output.Path)) : contents.OfProduct(output.Kind, output.Path)
            )?.Hash == output.Hash);
    }

    private static OutputRecord Record(Artifact output, string place, IReadOnlyDictionary<string, ContentHash>? columns)
    {
        Content content = Inspect(output.Kind, place);
        return new OutputRecord(
            output.Path,
            output.Kind,
            content.Size,
            content.Hash,
            columns is null
                ? []
                :
                [
                    .. columns.OrderBy(column => column.Key, StringComparer.Ordinal)
                        .Select(column => new ColumnContent(column.Key, column.Value)),
                ]);
    }

    private static Content Inspect(ArtifactKind kind, string place) =>
        kind == ArtifactKind.Folder ? FolderContent.Of(place, OfFile) : OfFile(place);

    private static Content OfFile(string path) => new(new FileInfo(path).Length, ContentHash.OfFile(path));

    private void Rename(Attempt attempt, OutputRecord output)
    {
        string from = attempt.Output(output.Path), to = folder.Product(output.Path);
        if (output.Path.Contains('/', StringComparison.Ordinal)) Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (Directory.Exists(to) || (output.Kind == ArtifactKind.Folder && File.Exists(to))) SetAside(attempt, output.Path, to);
        if (output.Kind == ArtifactKind.Folder) { Directory.Move(from, to); return; }
        File.Move(from, to, overwrite: true);
        // rename(2) leaves both names where they are one file already: a result of the cache, linked here and restored again.
        File.Delete(from);
    }

    private static void SetAside(Attempt attempt, string path, string standing)
    {
        string aside = attempt.Replaced(path);
        Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        if (Directory.Exists(standing)) Directory.Move(standing, aside);
        else File.Move(standing, aside, overwrite: true);
    }
}
