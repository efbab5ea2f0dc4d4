using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>
/// No two datasets may name the same file: what is trained on in one would be evaluated in the other. Files are the same
/// if their places are, once links are followed, or if their manifests state the same sha256.
/// </summary>
internal static class SharedFiles
{
    private const int MostLinks = 40;

    /// <exception cref="Misuse">A file is in two datasets, or twice in one: all of them, naming both.</exception>
    public static void Refuse(MapNode datasets)
    {
        var mistakes = new Mistakes();
        var (places, hashes) = (
            new Dictionary<string, NamedFile>(StringComparer.Ordinal),
            new Dictionary<string, NamedFile>(StringComparer.Ordinal));
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in datasets.Keys)
            foreach (MapNode input in (datasets.Peek(name) as MapNode)?.Peek("inputs") is ListNode list ? list.Items.OfType<MapNode>() : [])
            {
                if (Text(input, "location") is not { } location) continue;
                var here = new NamedFile(name, location, Text(input, "stated_at") ?? input.Place.ToString());
                if (!places.TryAdd(PlaceOf(location, folders), here))
                    mistakes.Add(ConfigErrors.SharedFile(places[PlaceOf(location, folders)], here));
                // A copy within a dataset gives duplicates, which are left out and counted.
                else if (Text(input, "sha256") is { } hash && !hashes.TryAdd(hash, here) && hashes[hash].Dataset != name)
                    mistakes.Add(ConfigErrors.SharedFile(hashes[hash], here));
            }
        mistakes.ThrowIfAny();
    }

    private static string? Text(MapNode input, string key) => (input.Peek(key) as ScalarNode)?.Text;

    // Addresses stand for themselves. A folder's links are followed once, whatever the number of its files.
    private static string PlaceOf(string location, Dictionary<string, string> folders)
    {
        if (location.Contains("://", StringComparison.Ordinal)) return location;
        string path = Path.GetFullPath(location);
        for (int links = 0; links < MostLinks && Path.GetDirectoryName(path) is { } folder; links++)
        {
            if (!folders.TryGetValue(folder, out string? real)) folders[folder] = real = PlaceOf(folder, folders);
            path = Path.Combine(real, Path.GetFileName(path));
            if (new FileInfo(path).LinkTarget is not { } target) return path;
            path = Path.GetFullPath(target, real);
        }
        return path;
    }
}

/// <summary>A file as a dataset names it, and <c>file:line</c>.</summary>
internal sealed record NamedFile(string Dataset, string Location, string StatedAt);
