using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>What each state of a stage's code was made of, as the builds listed it in <c>.artifacts/code/Stage/sha256.txt</c>.</summary>
internal sealed class CodeListings(string folder)
{
    private const int MostNames = 8;

    private readonly Dictionary<(string Stage, ContentHash Before, ContentHash After), string?> _known = [];

    /// <summary>The members that differ between two states, or <see langword="null"/> if one is not listed any more.</summary>
    public string? Changes(string stage, ContentHash before, ContentHash after)
    {
        lock (_known)
        {
            if (!_known.TryGetValue((stage, before, after), out string? known))
                _known[(stage, before, after)] = known = Compare(Read(stage, before), Read(stage, after));
            return known;
        }
    }

    private static string? Compare(Dictionary<string, Member>? before, Dictionary<string, Member>? after)
    {
        if (before is null || after is null) return null;
        string[] names = [.. before.Keys.Union(after.Keys).Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key))
            .Select(key => (after.GetValueOrDefault(key) ?? before[key]).Name).Distinct().Order(StringComparer.Ordinal)];
        // None differs where the compiler of the listing itself did.
        return names.Length == 0
            ? null
            : string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? $" and {names.Length - MostNames} more" : "");
    }

    private Dictionary<string, Member>? Read(string stage, ContentHash state)
    {
        string file = Path.Combine(folder, stage, $"{state}.txt");
        return File.Exists(file)
            ? File.ReadLines(file)
                .Select(line => line.Split('\t'))
                .Where(parts => parts.Length == 3)
                .ToDictionary(parts => parts[2], parts => new Member(parts[0], parts[1]))
            : null;
    }

    private sealed record Member(string Hash, string Name);
}
