using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>
/// A block of the campaign, read key by key: each read checks, gives the default, and notes the value for the fingerprint.
/// What is wrong goes to <see cref="Mistakes"/> and reading goes on, so that all mistakes come at once. A key that nobody
/// asks for is a mistake too.
/// </summary>
public sealed class ConfigBlock
{
    private readonly MapNode _map;
    private readonly SortedDictionary<string, string> _used = new(StringComparer.Ordinal);

    internal ConfigBlock(string path, MapNode map, Mistakes mistakes, bool isThere)
    {
        Path = path;
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
    public string Text(string key, string? fallback = null) => Use(key, Scalar(key, fallback is null) ?? fallback ?? "");

    /// <summary>One of some words.</summary>
    public string Choice(string key, IReadOnlyList<string> options, string? fallback = null)
    {
        string? found = Scalar(key, fallback is null);
        if (found is not null && !options.Contains(found)) Mistakes.Add(ConfigErrors.NotOneOf(_map.PlaceOf(key), Inner(key), found, options));
        return Use(key, found ?? fallback ?? options[0]);
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
    public double Number(string key, double? fallback = null, string unit = "", double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        double value = Scalar(key, fallback is null) is { } found ? Read(_map.PlaceOf(key), Inner(key), found, unit, min, max) ?? fallback ?? 0 : fallback ?? 0;
        Use(key, SettingsUsed.Canonical(value));
        return value;
    }

    /// <summary>A whole number within limits; <paramref name="unit"/> as for <see cref="Number"/>, say bytes.</summary>
    public long Whole(string key, long? fallback = null, long min = long.MinValue, long max = long.MaxValue, string unit = "")
    {
        double? value = Scalar(key, fallback is null) is { } found ? Read(_map.PlaceOf(key), Inner(key), found, unit, min, max) : fallback;
        if (value is { } number && number != Math.Floor(number)) Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), "a whole number", SettingsUsed.Canonical(number)));
        long whole = (long)(value ?? 0);
        Use(key, whole.ToString(CultureInfo.InvariantCulture));
        return whole;
    }

    /// <summary>A list of texts; a single text is a list of one.</summary>
    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string>? fallback = null)
    {
        List<string>? items = Items(key, fallback is null);
        IReadOnlyList<string> value = items ?? fallback ?? [];
        Use(key, "[" + string.Join(", ", value) + "]");
        return value;
    }

    /// <summary>A list of numbers within limits, in <paramref name="unit"/>.</summary>
    public IReadOnlyList<double> Numbers(string key, IReadOnlyList<double>? fallback = null, string unit = "", double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        List<string>? items = Items(key, fallback is null);
        IReadOnlyList<double> value = items is null ? fallback ?? [] : [.. items.Select(item => Read(_map.PlaceOf(key), Inner(key), item, unit, min, max) ?? 0)];
        Use(key, "[" + string.Join(", ", value.Select(SettingsUsed.Canonical)) + "]");
        return value;
    }

    /// <summary>A list of whole numbers.</summary>
    public IReadOnlyList<int> Wholes(string key, IReadOnlyList<int>? fallback = null, int min = int.MinValue, int max = int.MaxValue) =>
        [.. Numbers(key, fallback?.Select(number => (double)number).ToArray(), "", min, max).Select(number => (int)number)];

    /// <summary>Bin edges: at least two, rising.</summary>
    public IReadOnlyList<double> Edges(string key, IReadOnlyList<double>? fallback = null, string unit = "", double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        int before = Mistakes.Found.Count;
        IReadOnlyList<double> edges = Numbers(key, fallback, unit, min, max);
        if (Mistakes.Found.Count > before) return [0, 1];
        bool rises = edges.Count >= 2 && edges.Zip(edges.Skip(1)).All(pair => pair.First < pair.Second);
        if (!rises) Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), "at least two rising edges", "[" + string.Join(", ", edges.Select(SettingsUsed.Canonical)) + "]"));
        return rises ? edges : [0, 1];
    }

    /// <summary>A list of lists of numbers, in <paramref name="unit"/>.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Lists(string key, string unit = "")
    {
        var lists = new List<IReadOnlyList<double>>();
        foreach (ConfigNode item in (_map.Ask(key) as ListNode)?.Items ?? [])
            if (item is ListNode list) lists.Add([.. list.Items.Select(number => number is ScalarNode { Text: { } text } ? Read(number.Place, Inner(key), text, unit, double.NegativeInfinity, double.PositiveInfinity) ?? 0 : 0)]);
            else Mistakes.Add(ConfigErrors.Wrong(item.Place, Inner(key), "a list of lists of numbers", item.Kind));
        if (lists.Count == 0) Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), "a list of lists of numbers", _map.Peek(key)?.Kind ?? "nothing"));
        Use(key, string.Join(", ", lists.Select(list => "[" + string.Join(", ", list.Select(SettingsUsed.Canonical)) + "]")));
        return lists;
    }

    /// <summary>A block inside this one; where the campaign has none, an empty one whose defaults hold.</summary>
    public ConfigBlock Block(string key)
    {
        ConfigNode? node = _map.Ask(key);
        if (node is not (null or MapNode or ScalarNode { Text: null })) Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), "a block", node.Kind));
        return new ConfigBlock(Inner(key), node as MapNode ?? new MapNode(_map.PlaceOf(key)), Mistakes, node is MapNode);
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
        for (int i = 0; i < list.Items.Count; i++)
        {
            string path = $"{Inner(key)}.{i}";
            if (list.Items[i] is MapNode map) blocks.Add(new ConfigBlock(path, map, Mistakes, true));
            else Mistakes.Add(ConfigErrors.Wrong(list.Items[i].Place, path, "a block", list.Items[i].Kind));
        }
        return blocks;
    }

    /// <summary>A map of texts, in the file's order: <c>name: text</c>.</summary>
    public IReadOnlyList<(string Name, string Text)> TextMap(string key)
    {
        ConfigBlock inner = Block(key);
        var map = inner.Keys.Select(name => (name, inner.Text(name))).ToList();
        foreach ((string name, string text) in map) _used[$"{Inner(key)}.{name}"] = text;
        return map;
    }

    /// <summary>A map of numbers, in the file's order.</summary>
    public IReadOnlyList<(string Name, double Value)> NumberMap(string key, double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        ConfigBlock inner = Block(key);
        var map = inner.Keys.Select(name => (name, inner.Number(name, null, "", min, max))).ToList();
        foreach ((string name, double value) in map) _used[$"{Inner(key)}.{name}"] = SettingsUsed.Canonical(value);
        return map;
    }

    /// <summary>A map of lists of texts, in the file's order.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> TextsMap(string key)
    {
        ConfigBlock inner = Block(key);
        List<(string Name, IReadOnlyList<string> Texts)> map = [.. inner.Keys.Select(name => (name, inner.Texts(name)))];
        foreach ((string name, IReadOnlyList<string> texts) in map) _used[$"{Inner(key)}.{name}"] = "[" + string.Join(", ", texts) + "]";
        return map;
    }

    /// <summary>Says that a key is wrong in a way only its reader knows.</summary>
    public void Wrong(string key, string expected, string found) => Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), expected, found));

    /// <summary>The values read so far in canonical form: what the stage's fingerprint holds.</summary>
    public SettingsUsed Used() => new(_used);

    private string Inner(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private string Use(string key, string value)
    {
        _used[Inner(key)] = value;
        return value;
    }

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

    private List<string>? Items(string key, bool needed)
    {
        switch (_map.Ask(key))
        {
            case ListNode list:
                var items = new List<string>();
                foreach (ConfigNode item in list.Items)
                    if (item is ScalarNode { Text: { } text }) items.Add(text);
                    else Mistakes.Add(ConfigErrors.Wrong(item.Place, Inner(key), "a list of single values", item.Kind));
                return items;
            case ScalarNode { Text: { } single }:
                return [single];
            case null or ScalarNode:
                if (needed) Mistakes.Add(ConfigErrors.Missing(_map.PlaceOf(key), Path, key));
                return null;
            case var other:
                Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), "a list", other.Kind));
                return null;
        }
    }

    private double? Read(Place place, string path, string text, string unit, double min, double max)
    {
        if (!Units.TryRead(text, unit, out double value))
        {
            Mistakes.Add(ConfigErrors.Wrong(place, path, unit.Length == 0 ? "a number" : $"a number in {unit}", $"'{text}'"));
            return null;
        }
        if (value < min || value > max)
        {
            Mistakes.Add(ConfigErrors.Wrong(place, path, $"between {SettingsUsedRange(min)} and {SettingsUsedRange(max)}", text));
            return null;
        }
        return value;
    }

    private static string SettingsUsedRange(double limit) => limit switch
    {
        double.NegativeInfinity or long.MinValue => "minus infinity",
        double.PositiveInfinity or long.MaxValue => "infinity",
        _ => SettingsUsed.Canonical(limit),
    };
}
