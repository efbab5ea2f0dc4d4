namespace TauPipeline.Configuration;

// Values of other places put into a block.
public sealed partial class ConfigBlock
{
    /// <summary>A map from settings of another block (<c>schedule.name</c>) to a list of values for each, in the file's order.</summary>
    public IReadOnlyList<IReadOnlyList<ConfigChange>> Axes(string key)
    {
        ConfigBlock axes = Block(key);
        var all = new List<IReadOnlyList<ConfigChange>>();
        foreach (ConfigChange axis in axes.Leaves(""))
            if (axis.Value is ListNode { Items.Count: > 0 } values)
                all.Add([.. values.Items.Select(value => new ConfigChange(axis.Path, value, axis.Place))]);
            else Mistakes.Add(ConfigErrors.Wrong(axis.Place, $"{axes.Path}.{axis.Path}", "a list of values", axis.Value.Kind));
        if (axes.IsThere) UseAsChanges(key);
        return all;
    }

    /// <summary>A list of maps from settings of another block to a value for each.</summary>
    public IReadOnlyList<IReadOnlyList<ConfigChange>> Changes(string key)
    {
        IReadOnlyList<ConfigBlock> blocks = List(key);
        if (blocks.Count > 0) UseAsChanges(key);
        return [.. blocks.Select(block => block.Leaves("").ToArray())];
    }

    /// <summary>
    /// This block with other values: read in its stead, what is wrong with one of them is told where that one stands. Other keys
    /// that are read of it count as read of this block.
    /// </summary>
    /// <param name="changes">The values.</param>
    /// <param name="read">Reads it.</param>
    public T Changed<T>(IReadOnlyList<ConfigChange> changes, Func<ConfigBlock, T> read)
    {
        MapNode map = _map.Copy();
        foreach (ConfigChange change in changes) Put(map, change);
        T result = read(new ConfigBlock(Path, _usedPath, map, Mistakes, true));
        foreach (ConfigChange change in changes) CheckAsked(map, change);
        _map.AskAsIn(map);
        return result;
    }

    private IEnumerable<ConfigChange> Leaves(string above) => Keys.SelectMany(key => _map.Ask(key) is MapNode
        ? Block(key).Leaves($"{above}{key}.")
        : [new ConfigChange(above + key, _map.Peek(key)!, _map.PlaceOf(key))]);

    private static void Put(MapNode map, ConfigChange change)
    {
        string[] steps = change.Path.Split('.');
        foreach (string step in steps[..^1])
        {
            MapNode inner = map.Peek(step) is MapNode there ? there.Copy() : new MapNode(change.Place);
            map.Set(step, inner, map.Peek(step) is null ? change.Place : map.PlaceOf(step));
            map = inner;
        }
        map.Set(steps[^1], change.Value, change.Place);
    }

    // Whoever reads the block must know the key, or nothing would differ.
    private void CheckAsked(MapNode map, ConfigChange change)
    {
        string at = Path;
        foreach (string step in change.Path.Split('.'))
        {
            if (!map.Asked.Contains(step))
            {
                Mistakes.Add(
                    at == Path && _map.Asked.Contains(step)
                        ? ConfigErrors.Wrong(change.Place, $"{at}.{step}", "a setting that may differ here", "one that is shared")
                        : ConfigErrors.UnknownKey(change.Place, at, step, map.Asked));
                return;
            }
            at = $"{at}.{step}";
            if (map.Peek(step) is MapNode inner) map = inner;
        }
    }

    // The values are noted by whoever reads the block that they change.
    private void UseAsChanges(string key) => Use(key, "there");
}
