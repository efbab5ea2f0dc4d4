using TauPipeline.Foundation;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TauPipeline.Configuration;

/// <summary>YAML text to a <see cref="ConfigNode"/> tree: anchors, merge keys, <c>include:</c> at the top.</summary>
internal static class YamlReader
{
    private const int DeepestInclude = 16;

    /// <summary>Reads a file and what it includes; the file's own keys win over included ones.</summary>
    /// <exception cref="Misuse">No such file, or not YAML: says the line.</exception>
    public static MapNode ReadFile(string path, string shownAs, int depth = 0)
    {
        if (depth > DeepestInclude) throw new Misuse($"{shownAs}: includes itself");
        string text;
        try { text = File.ReadAllText(path); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ConfigErrors.CannotRead(shownAs, path, error);
        }
        MapNode map = ReadText(text, shownAs);
        if (map.Peek("include") is not { } include) return map;

        map.Remove("include");
        var whole = new MapNode(map.Place);
        IEnumerable<ConfigNode> names = include is ListNode list ? list.Items : [include];
        foreach (ConfigNode name in names)
        {
            string relative = (name as ScalarNode)?.Text
                ?? throw new Misuse($"{name.Place}: 'include' takes file names, found {name.Kind}");
            string folder = Path.GetDirectoryName(path) ?? ".";
            Merge(whole, ReadFile(Path.Combine(folder, relative), Path.Combine(Path.GetDirectoryName(shownAs) ?? "", relative), depth + 1));
        }
        Merge(whole, map);
        return whole;
    }

    /// <summary>Reads a text that must be a map.</summary>
    public static MapNode ReadText(string text, string shownAs)
    {
        YamlStream yaml = Load(text, shownAs);
        if (yaml.Documents.Count == 0) return new MapNode(new YamlPlace(shownAs, 1));
        return Convert(yaml.Documents[0].RootNode, shownAs, 0) as MapNode
            ?? throw new Misuse($"{shownAs}:1: a campaign is a map of blocks");
    }

    /// <summary>Reads one value as it would stand behind a key.</summary>
    public static ConfigNode ReadValue(string text, string shownAs)
    {
        YamlStream yaml = Load(text, shownAs);
        return yaml.Documents.Count == 0
            ? new ScalarNode(null, new YamlPlace(shownAs, 1))
            : Convert(yaml.Documents[0].RootNode, shownAs, 0);
    }

    /// <summary>Reads another program's text, and what it takes in by <c>!include</c> from files beside it.</summary>
    public static ConfigNode ReadForeign(string text, string path, int depth = 0)
    {
        if (depth > DeepestInclude) throw new Misuse($"{path}: includes itself");
        YamlStream yaml = Load(text, path);
        return yaml.Documents.Count == 0
            ? new MapNode(new YamlPlace(path, 1))
            : Convert(yaml.Documents[0].RootNode, path, 0, Included);

        ConfigNode Included(string name, YamlPlace place)
        {
            string beside = Path.Combine(Path.GetDirectoryName(path) ?? "", name);
            try { return ReadForeign(File.ReadAllText(beside), beside, depth + 1); }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ConfigErrors.CannotRead($"{place}: {name}", beside, error);
            }
        }
    }

    private static YamlStream Load(string text, string shownAs)
    {
        var yaml = new YamlStream();
        try { yaml.Load(new StringReader(text)); }
        catch (YamlException error)
        {
            throw ConfigErrors.NotYaml(shownAs, error.Start.Line, error.InnerException?.Message ?? error.Message);
        }
        // The parser runs out of events when a list or map is never closed.
        catch (InvalidOperationException)
        {
            throw ConfigErrors.NotYaml(shownAs, text.AsSpan().Count('\n') + 1, "the text ends inside a list or a map");
        }
        return yaml;
    }

    private static void Merge(MapNode into, MapNode from)
    {
        foreach (string key in from.Keys)
            if (into.Peek(key) is MapNode old && from.Peek(key) is MapNode more) Merge(old, more);
            else into.Set(key, from.Peek(key)!, from.PlaceOf(key));
    }

    private static ConfigNode Convert(YamlNode node, string file, int depth, Func<string, YamlPlace, ConfigNode>? include = null)
    {
        var place = new YamlPlace(file, (int)node.Start.Line);
        if (depth > 64) throw new Misuse($"{place}: nested deeper than 64 levels");
        switch (node)
        {
            case YamlScalarNode { Value: { } name } tagged when include is not null && tagged.Tag is { IsEmpty: false, Value: "!include" }:
                return include(name, place);
            case YamlScalarNode scalar:
                bool plain = scalar.Style is ScalarStyle.Plain or ScalarStyle.Any;
                return new ScalarNode(plain && scalar.Value is null or "" or "~" or "null" ? null : scalar.Value, place);
            case YamlSequenceNode list:
                return new ListNode([.. list.Children.Select(item => Convert(item, file, depth + 1, include))], place);
            case YamlMappingNode mapping:
                var map = new MapNode(place);
                foreach ((YamlNode key, YamlNode value) in mapping.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name }) throw new Misuse($"{file}:{key.Start.Line}: a key must be a word");
                    if (name == "<<") MergeInto(map, Convert(value, file, depth + 1, include));
                    else map.Set(name, Convert(value, file, depth + 1, include), new YamlPlace(file, (int)key.Start.Line));
                }
                return map;
            default:
                throw new Misuse($"{place}: this kind of YAML node is not used in campaigns");
        }
    }

    // YAML's merge key: keys that stand in the map itself win.
    private static void MergeInto(MapNode map, ConfigNode value)
    {
        foreach (ConfigNode source in value is ListNode list ? list.Items : [value])
        {
            if (source is not MapNode from) throw new Misuse($"{value.Place}: '<<' takes a map");
            foreach (string key in from.Keys)
                if (map.Peek(key) is null) map.Set(key, from.Peek(key)!, from.PlaceOf(key));
        }
    }
}
