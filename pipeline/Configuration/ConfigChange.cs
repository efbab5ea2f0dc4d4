namespace TauPipeline.Configuration;

/// <summary>A value that takes the place of another in a block, from wherever in the campaign it stands: mistakes are told there.</summary>
public sealed class ConfigChange
{
    internal ConfigChange(string path, ConfigNode value, YamlPlace place) => (Path, Value, Place) = (path, value, place);

    /// <summary>What it changes: <c>learning_rate</c>, <c>schedule.name</c>.</summary>
    public string Path { get; }

    /// <summary>Path and value as the name of what comes of it: <c>learning_rate=0.001</c>, <c>hidden=64x32</c>; no blanks.</summary>
    public string Name => $"{Path}={Text(Value)}";

    internal ConfigNode Value { get; }

    internal YamlPlace Place { get; }

    // Numbers in units (1 s) and lists are values too.
    private static string Text(ConfigNode value) => value switch
    {
        ScalarNode { Text: { } text } => Plain(text),
        ListNode list => string.Join('x', list.Items.Select(Text)),
        MapNode map => string.Join('+', map.Keys.Select(key => $"{Plain(key)}:{Text(map.Peek(key)!)}")),
        _ => "none",
    };

    private static string Plain(string text) =>
        string.Concat(text.Select(one => char.IsAsciiLetterOrDigit(one) || one is '.' or '_' or '-' or '+' ? one : '_'));
}
