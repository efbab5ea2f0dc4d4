namespace TauPipeline.Configuration;

/// <summary>A place in a YAML file, as <c>file:line</c>; an override on the command line has no line (0).</summary>
internal readonly record struct YamlPlace(string File, int Line)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}";
}

/// <summary>A YAML tree that remembers where each part stands, and which keys somebody asked for.</summary>
internal abstract class ConfigNode(YamlPlace place)
{
    public YamlPlace Place { get; } = place;

    /// <summary>What a user would call it.</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value; <see langword="null"/> for YAML's null.</summary>
internal sealed class ScalarNode(string? text, YamlPlace place) : ConfigNode(place)
{
    public string? Text { get; } = text;

    public override string Kind => Text is null ? "nothing" : $"'{Text}'";
}

/// <summary>A list.</summary>
internal sealed class ListNode(List<ConfigNode> items, YamlPlace place) : ConfigNode(place)
{
    public List<ConfigNode> Items { get; } = items;

    public override string Kind => "a list";
}

/// <summary>A map in file order.</summary>
internal sealed class MapNode(YamlPlace place) : ConfigNode(place)
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, (ConfigNode Node, YamlPlace Place)> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Keys => _order;

    public IReadOnlySet<string> Asked => _asked;

    public override string Kind => "a map";

    /// <summary>The value of a key; the key counts as known from then on.</summary>
    public ConfigNode? Ask(string key)
    {
        _asked.Add(key);
        return Peek(key);
    }

    public ConfigNode? Peek(string key) => _entries.TryGetValue(key, out (ConfigNode Node, YamlPlace) entry) ? entry.Node : null;

    public YamlPlace PlaceOf(string key) => _entries.TryGetValue(key, out (ConfigNode, YamlPlace Place) entry) ? entry.Place : Place;

    public void Set(string key, ConfigNode value, YamlPlace place)
    {
        if (!_entries.ContainsKey(key)) _order.Add(key);
        _entries[key] = (value, place);
    }

    /// <summary>A map of the same entries, of which nobody has asked for any.</summary>
    public MapNode Copy()
    {
        var copy = new MapNode(Place);
        foreach (string key in _order) copy.Set(key, _entries[key].Node, _entries[key].Place);
        return copy;
    }

    /// <summary>What was asked of a map that stood for this one counts as asked of this one, and so for the maps in it.</summary>
    public void AskAsIn(MapNode other)
    {
        _asked.UnionWith(other._asked);
        foreach (string key in _order)
            if (Peek(key) is MapNode inner && other.Peek(key) is MapNode theirs && inner != theirs) inner.AskAsIn(theirs);
    }

    public bool Remove(string key) => _entries.Remove(key) && _order.Remove(key);
}
