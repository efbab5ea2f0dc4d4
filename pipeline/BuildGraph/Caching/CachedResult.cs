using System.Text.Json;
using System.Text.Json.Serialization;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>A claim: a step with that fingerprint made these files.</summary>
/// <param name="Step">Identity of the step, for messages.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Outputs">Its outputs.</param>
internal sealed record CachedResult(string Step, double Seconds, IReadOnlyList<CachedOutput> Outputs)
{
    private const double Longest = 1e9; // thirty years in seconds: more is no time that a step took

    /// <summary>
    /// The identity of what was made, and the name of its claim: two claims of one fingerprint with different ones are evidence against
    /// the step.
    /// </summary>
    [JsonIgnore]
    public ContentHash Identity => ContentHash.Of(string.Concat(Outputs.Select(output => output.Said)));

    // Who may write into the cache may write anything: nothing of a claim is used before this.
    private bool IsSound => Seconds >= 0 && Seconds <= Longest && Outputs.All(output => output is { IsSound: true });

    /// <summary>Reads a claim; <see langword="null"/> if it is none, is damaged, or stands under another name than its own.</summary>
    public static CachedResult? Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return
                JsonSerializer.Deserialize(file, EngineJson.Default.CachedResult) is { IsSound: true } result
                && Path.GetFileNameWithoutExtension(path) == result.Identity.ToString()
                ? result
                : null;
        }
        catch (Exception damaged) when (damaged is JsonException or IOException or UnauthorizedAccessException) { return null; }
    }

    /// <summary>Writes a claim, by rename.</summary>
    public void Write(string path) =>
        WholeFile.WriteStream(path, file => JsonSerializer.Serialize(file, this, EngineJson.Default.CachedResult));
}

/// <summary>
/// An output of a cached step: one file with an empty path, or the files of a folder; and the hashes of its columns. The
/// files are proven by their bytes; the columns are the word of who made the claim, since only a format's reader could prove them.
/// </summary>
internal sealed record CachedOutput(
    string Path,
    ArtifactKind Kind,
    IReadOnlyList<CachedFile> Files,
    IReadOnlyDictionary<string, string> Columns)
{
    /// <summary>Whether it can be put into an attempt's folder, and nowhere else.</summary>
    [JsonIgnore]
    public bool IsSound => Files.All(file => file is not null && ContentHash.TryParse(file.Hash, out _))
        && Columns.Values.All(hash => hash is not null && ContentHash.TryParse(hash, out _))
        && (Kind == ArtifactKind.Folder ? IsTree() : Files is [{ Path: "" }]);

    /// <summary>All that is claimed of it, as a text.</summary>
    [JsonIgnore]
    public string Said => string.Concat([
        .. Files.Select(file => $"{Path}\0{file.Path}\0{file.Hash}\n"),
        .. Columns.OrderBy(column => column.Key, StringComparer.Ordinal)
            .Select(column => $"{Path}\0column\0{column.Key}\0{column.Value}\n"),
    ]);

    // Every file has a place of its own, which is not also a folder.
    private bool IsTree()
    {
        HashSet<string> paths = [.. Files.Select(file => file.Path)];
        return paths.Count == Files.Count
            && paths.All(path => LogicalPath.Fault(path) is null && !LogicalPath.Above(path).Any(paths.Contains));
    }
}

/// <summary>A file of an output.</summary>
internal sealed record CachedFile(string Path, string Hash);
