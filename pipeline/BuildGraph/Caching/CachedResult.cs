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
    /// <summary>The identity of what was made: two claims of one fingerprint with different ones are evidence against the step.</summary>
    [JsonIgnore]
    public ContentHash Identity => ContentHash.Of(string.Concat(Outputs.SelectMany(output => output.Files.Select(file => $"{output.Path}\0{file.Path}\0{file.Hash}\n"))));

    /// <summary>Reads a claim; <see langword="null"/> if it is none.</summary>
    public static CachedResult? Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, CacheJson.Default.CachedResult);
        }
        catch (Exception damaged) when (damaged is JsonException or IOException or UnauthorizedAccessException) { return null; }
    }

    /// <summary>Writes a claim, by rename.</summary>
    public void Write(string path)
    {
        string fresh = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
        using (FileStream file = File.Create(fresh)) JsonSerializer.Serialize(file, this, CacheJson.Default.CachedResult);
        File.Move(fresh, path, overwrite: true);
    }
}

/// <summary>An output of a cached step: one file with an empty path, or the files of a folder; and the hashes of its columns.</summary>
internal sealed record CachedOutput(string Path, ArtifactKind Kind, IReadOnlyList<CachedFile> Files, IReadOnlyDictionary<string, string> Columns);

/// <summary>A file of an output.</summary>
internal sealed record CachedFile(string Path, string Hash);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CachedResult))]
internal sealed partial class CacheJson : JsonSerializerContext;
