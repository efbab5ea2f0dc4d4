using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

// Lists, and maps whose names the campaign chooses.
public sealed partial class ConfigBlock
{
    /// <summary>A list of texts; a single text is a list of one.</summary>
    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string>? fallback = null)
    {
        IReadOnlyList<string> value = Items(key, fallback is null) is { } items ? [.. items.Select(item => item.Text!)] : fallback ?? [];
        Use(key, SettingsUsed.Canonical(value));
        return value;
    }

    /// <summary>A list of numbers within limits, in <paramref name="unit"/>.</summary>
    public IReadOnlyList<double> Numbers(
        string key, IReadOnlyList<double>? fallback = null, string unit = "",
        double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        IReadOnlyList<double> value = Items(key, fallback is null) is { } items
            ? [.. items.Select(item => Read(item.Place, Inner(key), item.Text!, unit, min, max) ?? 0)] : fallback ?? [];
        Use(key, SettingsUsed.Canonical(value));
        return value;
    }

    /// <summary>A list of whole numbers within limits.</summary>
    public IReadOnlyList<int> Wholes(string key, IReadOnlyList<int>? fallback = null, int min = int.MinValue, int max = int.MaxValue)
    {
        IReadOnlyList<int> value = Items(key, fallback is null) is { } items
            ? [.. items.Select(item => WholeItem(key, item, min, max))] : fallback ?? [];
        Use(key, SettingsUsed.Canonical(value.Select(number => (double)number)));
        return value;
    }

    /// <summary>Bin edges: at least two, rising.</summary>
    public IReadOnlyList<double> Edges(
        string key, IReadOnlyList<double>? fallback = null, string unit = "",
        double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        int before = Mistakes.Found.Count;
        IReadOnlyList<double> edges = Numbers(key, fallback, unit, min, max);
        if (Mistakes.Found.Count > before) return [0, 1];
        bool rises = edges.Count >= 2 && edges.Zip(edges.Skip(1)).All(pair => pair.First < pair.Second);
        if (!rises)
            Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), "at least two rising edges", SettingsUsed.Canonical(edges)));
        return rises ? edges : [0, 1];
    }

    /// <summary>Whether a key holds a list, for keys that may hold a word instead.</summary>
    public bool HasList(string key) => _map.Ask(key) is ListNode;

    /// <summary>Whether a key holds a list of lists, for keys that may hold either.</summary>
    public bool HasLists(string key) => _map.Ask(key) is ListNode { Items: [ListNode, ..] };

    /// <summary>A list of lists of numbers, in <paramref name="unit"/>.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Lists(string key, string unit = "")
    {
        IReadOnlyList<IReadOnlyList<double>> lists = ListsOf(key, item =>
            Read(item.Place, Inner(key), item.Text!, unit, double.NegativeInfinity, double.PositiveInfinity) ?? 0);
        Use(key, $"[{string.Join(", ", lists.Select(SettingsUsed.Canonical))}]");
        return lists;
    }

    /// <summary>A list of lists of whole numbers within limits.</summary>
    public IReadOnlyList<IReadOnlyList<int>> WholeLists(string key, int min = int.MinValue, int max = int.MaxValue)
    {
        IReadOnlyList<IReadOnlyList<int>> lists = ListsOf(key, item => WholeItem(key, item, min, max));
        Use(key, $"[{string.Join(", ", lists.Select(list => SettingsUsed.Canonical(list.Select(number => (double)number))))}]");
        return lists;
    }

    /// <summary>A map of texts, in the file's order: <c>name: text</c>.</summary>
    public IReadOnlyList<(string Name, string Text)> TextMap(string key) => Map(key, (block, name) => block.Text(name));

    /// <summary>A map of numbers, in the file's order.</summary>
    public IReadOnlyList<(string Name, double Value)> NumberMap(
        string key, double min = double.NegativeInfinity, double max = double.PositiveInfinity) =>
        Map(key, (block, name) => block.Number(name, null, "", min, max));

    /// <summary>A map of whole numbers, in the file's order.</summary>
    public IReadOnlyList<(string Name, int Value)> WholeMap(string key, int min = int.MinValue, int max = int.MaxValue) =>
        Map(key, (block, name) => (int)block.Whole(name, null, min, max));

    /// <summary>A map of lists of texts, in the file's order.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> TextsMap(string key) => Map(key, (block, name) => block.Texts(name));

    // What was read of the inner block counts for this one.
    private List<(string Name, T Value)> Map<T>(string key, Func<ConfigBlock, string, T> read)
    {
        ConfigBlock inner = Block(key);
        List<(string Name, T Value)> map = [.. inner.Keys.Select(name => (name, read(inner, name)))];
        foreach ((string path, string value) in inner._used) _used[path] = value;
        return map;
    }

    private int WholeItem(string key, ScalarNode item, int min, int max) =>
        (int)(ReadWhole(item.Place, Inner(key), item.Text!, "", min, max) ?? 0);

    private List<IReadOnlyList<T>> ListsOf<T>(string key, Func<ScalarNode, T> read)
    {
        var lists = new List<IReadOnlyList<T>>();
        foreach (ConfigNode item in (_map.Ask(key) as ListNode)?.Items ?? [])
            if (item is ListNode list) lists.Add([.. Scalars(key, list).Select(read)]);
            else Mistakes.Add(ConfigErrors.Wrong(item.Place, Inner(key), "a list of lists of numbers", item.Kind));
        if (lists.Count == 0)
            Mistakes.Add(
                ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), "a list of lists of numbers", _map.Peek(key)?.Kind ?? "nothing"));
        return lists;
    }

    private List<ScalarNode>? Items(string key, bool needed)
    {
        switch (_map.Ask(key))
        {
            case ListNode list:
                return Scalars(key, list);
            case ScalarNode { Text: not null } single:
                return [single];
            case null or ScalarNode:
                if (needed) Mistakes.Add(ConfigErrors.Missing(_map.PlaceOf(key), Path, key));
                return null;
            case var other:
                Mistakes.Add(ConfigErrors.Wrong(_map.PlaceOf(key), Inner(key), "a list", other.Kind));
                return null;
        }
    }

    private List<ScalarNode> Scalars(string key, ListNode list)
    {
        foreach (ConfigNode item in list.Items)
            if (item is not ScalarNode { Text: not null })
                Mistakes.Add(ConfigErrors.Wrong(item.Place, Inner(key), "a list of single values", item.Kind));
        return [.. list.Items.OfType<ScalarNode>().Where(item => item.Text is not null)];
    }
}
