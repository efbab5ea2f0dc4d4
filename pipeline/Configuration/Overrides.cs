using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>Applies <c>--set a.b.c=VALUE</c>, <c>+a.b=VALUE</c> and <c>~a.b</c> to a campaign's tree.</summary>
internal static class Overrides
{
    public static void Apply(MapNode root, string given)
    {
        bool adds = given.StartsWith('+'), removes = given.StartsWith('~');
        string text = adds || removes ? given[1..] : given;
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 && !removes)
            throw new Misuse(new ErrorText($"--set {given}: has no value", [("expected", "--set block.key=value")]));

        string path = equals < 0 ? text : text[..equals];
        string[] names = path.Split('.');
        ConfigNode node = root;
        for (int i = 0; i < names.Length - 1; i++) node = Child(node, names[i], given, string.Join('.', names[..i]));
        var place = new YamlPlace($"--set {given}", 0);
        ConfigNode value = removes
            ? new ScalarNode(null, place)
            : Placed(YamlReader.ReadValue(text[(equals + 1)..], $"--set {given}"), place);
        Put(node, names[^1], value, given, adds, removes);
    }

    // A missing block on the way is created: whether its name is known is decided, as for the file, by who asks for it.
    private static ConfigNode Child(ConfigNode node, string name, string given, string at)
    {
        if (node is ListNode list && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < list.Items.Count)
            return list.Items[i];
        if (node is not MapNode map) throw new Misuse($"--set {given}: '{at}' is {node.Kind}, not a map");
        if (map.Peek(name) is { } child) return child;
        var made = new MapNode(new YamlPlace($"--set {given}", 0));
        map.Set(name, made, made.Place);
        return made;
    }

    private static void Put(ConfigNode node, string name, ConfigNode value, string given, bool adds, bool removes)
    {
        switch (node)
        {
            case MapNode map when removes:
                if (!map.Remove(name)) throw ConfigErrors.UnknownOverride(given, "the block", name, map.Keys);
                break;
            case MapNode map when adds && map.Peek(name) is ListNode list:
                list.Items.Add(value);
                break;
            case MapNode map:
                map.Set(name, value, value.Place);
                break;
            case ListNode list when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < list.Items.Count:
                if (removes) list.Items.RemoveAt(i);
                else list.Items[i] = value;
                break;
            default:
                throw new Misuse($"--set {given}: there is no '{name}' in {node.Kind}");
        }
    }

    private static ConfigNode Placed(ConfigNode node, YamlPlace place)
    {
        switch (node)
        {
            case ScalarNode scalar:
                return new ScalarNode(scalar.Text, place);
            case ListNode list:
                return new ListNode([.. list.Items.Select(item => Placed(item, place))], place);
            case MapNode map:
                var copy = new MapNode(place);
                foreach (string key in map.Keys) copy.Set(key, Placed(map.Peek(key)!, place), place);
                return copy;
            default:
                throw new Defect($"a node of kind {node.Kind}");
        }
    }
}
