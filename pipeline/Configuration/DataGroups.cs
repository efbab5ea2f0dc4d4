using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>
/// The groups of a <c>.cfg</c> of TauMLTools, one a line: <c>NAME: key=value key="a value"</c>. Lines that begin with <c>#</c> are
/// comments, a backslash at the end joins the next line. Groups come in the order of their names, as there; <c>types</c> is a list.
/// </summary>
internal static class DataGroups
{
    /// <exception cref="Misuse">A line does not follow the format: says which, and why.</exception>
    public static MapNode Parse(string text, string file)
    {
        var groups = new SortedDictionary<string, MapNode>(StringComparer.Ordinal);
        foreach ((string line, YamlPlace place) in Lines(text, file))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? "" : line[..colon].Trim();
            if (name.Length == 0) throw Wrong(place, "a group's name and a colon", line);
            if (groups.ContainsKey(name)) throw Wrong(place, "a name that no other group has", name);
            groups[name] = Group(line[(colon + 1)..], place);
        }
        var all = new MapNode(new YamlPlace(file, 1));
        foreach ((string name, MapNode group) in groups) all.Set(name, group, group.Place);
        return all;
    }

    private static IEnumerable<(string Line, YamlPlace Place)> Lines(string text, string file)
    {
        string joined = "";
        (int number, int first) = (0, 0);
        var lines = new StringReader(text);
        while (lines.ReadLine() is { } read)
        {
            number++;
            string line = read.Trim();
            if (joined.Length == 0)
            {
                if (line.Length == 0 || line[0] == '#') continue;
                first = number;
            }
            if (line.EndsWith('\\'))
            {
                joined += $"{line[..^1]} ";
                continue;
            }
            yield return (joined + line, new YamlPlace(file, first));
            joined = "";
        }
        if (joined.Length > 0) throw Wrong(new YamlPlace(file, first), "a line after the backslash", "the end of the file");
    }

    private static MapNode Group(string text, YamlPlace place)
    {
        var group = new MapNode(place);
        ReadOnlySpan<char> left = text.AsSpan().Trim();
        while (left.Length > 0)
        {
            int equals = left.IndexOf('=');
            string key = equals < 0 ? "" : left[..equals].Trim().ToString();
            if (key.Length == 0 || key.AsSpan().ContainsAny(" \t\"")) throw Wrong(place, "key=value", left.ToString());
            if (group.Peek(key) is not null) throw Wrong(place, "each key once", key);
            left = left[(equals + 1)..].TrimStart();
            string value = Value(ref left, place, key);
            group.Set(key, key == "types" ? Types(value, place) : new ScalarNode(value, place), place);
        }
        return group;
    }

    private static string Value(ref ReadOnlySpan<char> left, YamlPlace place, string key)
    {
        if (left.Length == 0) throw Wrong(place, $"a value of '{key}'", "none");
        bool quoted = left[0] == '"';
        if (quoted) left = left[1..];
        int end = quoted ? left.IndexOf('"') : left.IndexOfAny(' ', '\t');
        if (quoted && end < 0) throw Wrong(place, $"a quotation mark behind the value of '{key}'", left.ToString());
        if (end < 0) end = left.Length;
        string value = left[..end].ToString();
        left = left[Math.Min(left.Length, quoted ? end + 1 : end)..];
        if (left.Length > 0 && left[0] is not (' ' or '\t')) throw Wrong(place, $"a blank behind the value of '{key}'", left.ToString());
        left = left.TrimStart();
        return value;
    }

    private static ListNode Types(string value, YamlPlace place)
    {
        string[] types = value.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (types.Distinct(StringComparer.Ordinal).Count() < types.Length) throw Wrong(place, "each type once", value);
        return new ListNode([.. types.Select(type => new ScalarNode(type, place))], place);
    }

    private static Misuse Wrong(YamlPlace place, string expected, string found) =>
        new(new ErrorText($"{place}: a group of datasets needs {expected}", [("found", found)]));
}
