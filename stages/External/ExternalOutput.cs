using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Stages;

/// <summary>An output of an external stage.</summary>
/// <param name="Name">How arguments name it.</param>
/// <param name="Path">Its logical path below the output folder; <c>{entry}</c> stands for the entry of a step.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="From">Where the program leaves it in its working folder, if it chooses the place itself.</param>
/// <param name="MayBeEmpty">Whether a file without a byte is right.</param>
/// <param name="Where"><c>file:line</c>.</param>
public sealed record ExternalOutput(string Name, string Path, bool IsFolder, string? From, bool MayBeEmpty, string Where)
{
    private const string Entry = "{entry}";

    /// <summary>What of it can change the result.</summary>
    public string Text => $"{(IsFolder ? "folder" : "file")} {Path}{(From is null ? "" : $" from {From}")}";

    internal static ExternalOutput Read(string name, ConfigBlock block)
    {
        bool isFolder = block.Has("folder");
        string path = isFolder ? block.Text("folder") : block.Text("file");
        if (isFolder && block.Has("file")) block.Wrong("file", "absent where there is a folder", block.Text("file"));
        string? from = block.Has("from") ? block.Text("from") : null;
        if (Artifact.FaultOf(path) is { } fault && path.Length > 0)
            block.Wrong(isFolder ? "folder" : "file", "a path below the output folder", $"'{path}', which {fault}");
        if (from is not null && Artifact.FaultOf(from) is { } wrong)
            block.Wrong("from", "a path below the working folder", $"'{from}', which {wrong}");
        return new ExternalOutput(name, path, isFolder, from, block.Flag("may_be_empty"), block.Text("stated_at", block.Where));
    }

    /// <summary>The path of one step.</summary>
    public string PathOf(string entry) => Path.Replace(Entry, entry, StringComparison.Ordinal);

    /// <summary>The product of one step.</summary>
    public Artifact ProductOf(string entry) => IsFolder ? Artifact.Folder(PathOf(entry)) : Artifact.Product(PathOf(entry));

    /// <summary>What is wrong unless the path names the entry where, and only where, there is one.</summary>
    internal ErrorText? EntryFault(bool hasEntries) =>
        Path.Contains(Entry, StringComparison.Ordinal) == hasEntries ? null : ExternalErrors.WrongEntry(Where, Path, hasEntries);
}
