using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>
/// A block of the campaign, read key by key: each read checks, gives the default, and notes the value for the fingerprint.
/// What is wrong goes to <see cref="Mistakes"/> and reading goes on, so that all mistakes come at once. A key that nobody
/// asks for is a mistake too.
/// </summary>
public sealed partial class ConfigBlock
{
    private readonly MapNode _map;
    private readonly string _usedPath;
    private readonly SortedDictionary<string, string> _used = new(StringComparer.Ordinal);

    internal ConfigBlock(string path, MapNode map, Mistakes mistakes, bool isThere) : this(path, path, map, mistakes, isThere) { }

    private ConfigBlock(string path, string usedPath, MapNode map, Mistakes mistakes, bool isThere)
    {
        Path = path;
        _usedPath = usedPath;
        _map = map;
        Mistakes = mistakes;
        IsThere = isThere;
    }

    /// <summary>Where it stands in the campaign: <c>spectrum</c>, <c>evaluation.0</c>.</summary>
    public string Path { get; }

    /// <summary>Whether the campaign has this block.</summary>
    public bool IsThere { get; }

    /// <summary>Where mistakes go.</summary>
    public Mistakes Mistakes { get; }

    /// <summary><c>file:line</c> of the block.</summary>
    public string Where => _map.Place.ToString();

    /// <summary>The keys that stand in the file, in its order; asking for them makes them known.</summary>
    public IReadOnlyList<string> Keys => _map.Keys;

    /// <summary>Whether the key stands in the file and is not null.</summary>
    public bool Has(string key) => _map.Ask(key) is not (null or ScalarNode { Text: null });

    /// <summary><c>file:line</c> of a key, or of the block.</summary>
    public string At(string key) => _map.PlaceOf(key).ToString();

    /// <summary>A text.</summary>
    public string Text(string key, string? fallback = null)
    {
        string value = Scalar(key, fallback is null) ?? fallback ?? "";
        Use(key, SettingsUsed.Canonical(value));
        return value;
    }

    /// <summary>One of some words.</summary>
    public string Choice(string key, IReadOnlyList<string> options, string? fallback = null)
    {
        string? found = Scalar(key, fallback is null);
        if (found is not null && !options.Contains(found))
            Mistakes.Add(ConfigErrors.NotOneOf(_map.PlaceOf(key), Inner(key), found, options));
        string value = found ?? fallback ?? options[0];
        Use(key, SettingsUsed.Canonical(value));
        return value;
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(string key, bool fallback = false)
    {
        string found = Choice(key, ["true", "false", "yes", "no", "on", "off"], fallback ? "true" : "false");
        bool value = found is "true" or "yes" or "on";
        Use(key, value ? "true" : "false");
        return value;
    }

    /// <summary>A number within limits, in <paramref name="unit"/>.</summary>
    public double Number(
        string key, double? fallback = null, string unit = "", double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        double? found = Scalar(key, fallback is null) is { } text ? Read(_map.PlaceOf(key), Inner(key), text, unit, min, max) : null;
        double value = found ?? fallback ?? 0;
        Use(key, SettingsUsed.Canonical(value));
        return value;
    }

    /// <summary>A whole number within limits, to its last digit; <paramref name="unit"/> as for <see cref="Number"/>, say bytes.</summary>
    public long Whole(string key, long? fallback = null, long min = long.MinValue, long max = long.MaxValue, string unit = "")
    {
        long? found = Scalar(key, fallback is null) is { } text ? ReadWhole(_map.PlaceOf(key), Inner(key), text, unit, min, max) : null;
        long value = found ?? fallback ?? 0;
        Use(key, value.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    /// <summary>A block inside this one; where the campaign has none, an empty one whose defaults hold.</summary>
    public ConfigBlock Block(string key)
    {
        ConfigNode? node = _map.Ask(key);
        if (node is not (null or MapNode or ScalarNode { Text: null }))
            Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), "a block", node.Kind));
        return new ConfigBlock(Inner(key), UsedPath(key), node as MapNode ?? new MapNode(_map.PlaceOf(key)), Mistakes, node is MapNode);
    }

    /// <summary>A map of named blocks, in the file's order.</summary>
    public IReadOnlyList<(string Name, ConfigBlock Block)> Blocks(string key)
    {
        ConfigBlock outer = Block(key);
        return [.. outer.Keys.Select(name => (name, outer.Block(name)))];
    }

    /// <summary>A list of blocks, in the file's order.</summary>
    public IReadOnlyList<ConfigBlock> List(string key)
    {
        ConfigNode? node = _map.Ask(key);
        if (node is null or ScalarNode { Text: null }) return [];
        if (node is not ListNode list)
        {
            Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), "a list of blocks", node.Kind));
            return [];
        }
        var blocks = new List<ConfigBlock>();
        // What the blocks hold is theirs to note; that they are there is noted here.
        if (list.Items.Count > 0) Use(key, $"[{string.Join(", ", list.Items.Select(_ => "{}"))}]");
        for (int i = 0; i < list.Items.Count; i++)
        {
            string path = $"{Inner(key)}.{i}";
            if (list.Items[i] is MapNode map) blocks.Add(new ConfigBlock(path, $"{UsedPath(key)}.{i}", map, Mistakes, true));
            else Mistakes.Add(ConfigErrors.Wrong(list.Items[i].Place, path, "a block", list.Items[i].Kind));
        }
        return blocks;
    }

    /// <summary>Says that a key is wrong in a way only its reader knows.</summary>
    public void Wrong(string key, string expected, string found) =>
        Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), expected, found));

    /// <summary>The values read so far in canonical form: what the stage's fingerprint holds.</summary>
    public SettingsUsed Used() => new(_used);

    private string Inner(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private string UsedPath(string key) => SettingsUsed.Path(_usedPath, key);

    private void Use(string key, string value) => _used[UsedPath(key)] = value;

    private string? Scalar(string key, bool needed)
    {
        switch (_map.Ask(key))
        {
            case ScalarNode { Text: { } text }:
                return text;
            case null or ScalarNode:
                if (needed) Mistakes.Add(ConfigErrors.Missing(_map.PlaceOf(key), Path.Length == 0 ? "the campaign" : Path, key));
                return null;
            case var other:
                Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), "a single value", other.Kind));
                return null;
        }
    }

    private double? Read(YamlPlace place, string path, string text, string unit, double min, double max)
    {
        if (!Units.TryRead(text, unit, out double value))
        {
            Mistakes.Add(ConfigErrors.Wrong(place, path, unit.Length == 0 ? "a number" : $"a number in {unit}", $"'{text}'"));
            return null;
        }
        if (value >= min && value <= max) return value;
        Mistakes.Add(ConfigErrors.OutOfRange(place, path, Limit(min), Limit(max), text));
        return null;
    }

    private long? ReadWhole(YamlPlace place, string path, string text, string unit, long min, long max)
    {
        if (!Units.TryReadWhole(text, unit, out decimal value))
        {
            Mistakes.Add(ConfigErrors.Wrong(place, path, unit.Length == 0 ? "a whole number" : $"a whole number in {unit}", $"'{text}'"));
            return null;
        }
        if (value >= min && value <= max) return (long)value;
        Mistakes.Add(ConfigErrors.OutOfRange(place, path, Limit(min), Limit(max), text));
        return null;
    }

    private static string Limit(double limit) =>
        double.IsFinite(limit) ? SettingsUsed.Canonical(limit) : limit < 0 ? "minus infinity" : "infinity";

    private static string Limit(long limit) => limit.ToString(CultureInfo.InvariantCulture);
}
