using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>
/// A part of another program's YAML or JSON: a value, a list or a map. It knows its place, and remembers which keys were taken, so
/// that what nobody took can be named (<see cref="Left"/>).
/// </summary>
public sealed class ForeignNode
{
    private readonly ConfigNode _node;

    internal ForeignNode(ConfigNode node) => _node = node;

    /// <summary>Its place, <c>file:line</c>.</summary>
    public string Where => _node.Place.ToString();

    /// <summary>Whether it is a map.</summary>
    public bool IsMap => _node is MapNode;

    /// <summary>Whether it is a list.</summary>
    public bool IsList => _node is ListNode;

    /// <summary>The text of a single value; <see langword="null"/> for YAML's null, and for lists and maps.</summary>
    public string? Text => (_node as ScalarNode)?.Text;

    /// <summary>The keys of a map, in the file's order; of all else none.</summary>
    public IReadOnlyList<string> Keys => (_node as MapNode)?.Keys ?? [];

    /// <summary>The items of a list; a single value is a list of one, YAML's null of none.</summary>
    public IReadOnlyList<ForeignNode> Items => _node switch
    {
        ListNode list => [.. list.Items.Select(item => new ForeignNode(item))],
        ScalarNode { Text: null } => [],
        _ => [this],
    };

    /// <summary>The texts of a list of single values.</summary>
    /// <exception cref="Misuse">An item is a list or a map.</exception>
    public IReadOnlyList<string> Texts() => [.. Items.Select(item => item.Text ?? throw item.Wrong("a single value"))];

    /// <summary>The numbers of a list, in YAML 1.1 as well (<c>20_000</c>).</summary>
    /// <exception cref="Misuse">An item is no number.</exception>
    public IReadOnlyList<double> Numbers() => [.. Items.Select(item => item.Number())];

    /// <summary>The value as a number.</summary>
    /// <exception cref="Misuse">It is none.</exception>
    public double Number() => TryNumber(Text) ?? throw Wrong("a number");

    /// <summary>The value as a whole number.</summary>
    /// <exception cref="Misuse">It is none.</exception>
    public long Whole() => Number() is var number && number == Math.Floor(number) && Math.Abs(number) < 1e15 ? (long)number
        : throw Wrong("a whole number");

    /// <summary>The value as yes or no, in any of YAML's words.</summary>
    /// <exception cref="Misuse">It is neither.</exception>
    public bool Flag() => Text?.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" => true,
        "FALSE" or "NO" or "OFF" => false,
        _ => throw Wrong("true or false"),
    };

    /// <summary>The value of a key, which is taken from then on; <see langword="null"/> if there is none, or it is YAML's null.</summary>
    public ForeignNode? Find(string key) => (_node as MapNode)?.Ask(key) is { } found and not ScalarNode { Text: null } ? new(found) : null;

    /// <summary>The value of a key without which the file makes no sense.</summary>
    /// <exception cref="Misuse">There is none: says where.</exception>
    public ForeignNode Need(string key) =>
        Find(key) ?? throw new Misuse(new ErrorText($"{Where}: a key '{key}' is needed", [("found", string.Join(", ", Keys))]));

    /// <summary>Whether a key stands there; it is not taken by asking.</summary>
    public bool Has(string key) => Peek(key) is not null;

    /// <summary>The value of a key, which is not taken by looking at it.</summary>
    public ForeignNode? Peek(string key) => (_node as MapNode)?.Peek(key) is { } found ? new(found) : null;

    /// <summary>The place of a key.</summary>
    public string At(string key) => ((_node as MapNode)?.PlaceOf(key) ?? _node.Place).ToString();

    /// <summary>Takes all that is in it.</summary>
    public void TakeAll() => TakeAll(_node);

    /// <summary>Keys that nobody has taken, with their places, in the file's order.</summary>
    public IReadOnlyList<(string Where, string Key)> Left()
    {
        var left = new List<(string, string)>();
        Collect(_node, "", left);
        return [.. left.DistinctBy(one => one.Item1 + one.Item2[(one.Item2.LastIndexOf('.') + 1)..])];
    }

    /// <summary>An error of a value that is not what it should be.</summary>
    public Misuse Wrong(string expected) =>
        new(new ErrorText($"{Where}: {expected} is expected here", [("found", Text ?? _node.Kind)]));

    /// <summary>A number as YAML 1.1 and Python write it.</summary>
    public static double? TryNumber(string? text) => double.TryParse(
        text?.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        ? number
        : null;

    private static void TakeAll(ConfigNode node)
    {
        if (node is ListNode list) list.Items.ForEach(TakeAll);
        if (node is MapNode map)
            foreach (string key in map.Keys) TakeAll(map.Ask(key)!);
    }

    private static void Collect(ConfigNode node, string path, List<(string Where, string Key)> left)
    {
        if (node is ListNode list) list.Items.ForEach(item => Collect(item, path, left));
        if (node is not MapNode map) return;
        foreach (string key in map.Keys)
        {
            string inner = path.Length == 0 ? key : $"{path}.{key}";
            if (!map.Asked.Contains(key)) left.Add((map.PlaceOf(key).ToString(), inner));
            else Collect(map.Peek(key)!, inner, left);
        }
    }
}
