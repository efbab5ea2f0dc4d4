using System.Buffers;
using System.Globalization;
using System.Text;

namespace TauPipeline.Foundation;

/// <summary>
/// The settings a step consumes, after units and defaults, in canonical form: what enters its fingerprint and what
/// <c>--explain</c> compares. An explicit default equals an omitted one; order and comments of the YAML never matter.
/// </summary>
public sealed class SettingsUsed
{
    private static readonly SearchValues<char> NoWord = SearchValues.Create(",[]{}\"\\\n");
    private readonly string[] _paths, _values;

    /// <summary>No settings at all.</summary>
    public static SettingsUsed None { get; } = new([]);

    /// <summary>Settings from path (<c>spectrum.pt</c>) and canonical value.</summary>
    public SettingsUsed(IEnumerable<KeyValuePair<string, string>> values)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, string value) in values) last[path] = value;
        _paths = [.. last.Keys];
        Array.Sort(_paths, StringComparer.Ordinal);
        _values = Array.ConvertAll(_paths, path => last[path]);
    }

    private SettingsUsed(string[] paths, string[] values) => (_paths, _values) = (paths, values);

    /// <summary>The paths, in order.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>Their canonical values, in the same order.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>These settings and those of <paramref name="other"/>.</summary>
    public SettingsUsed And(SettingsUsed other) => new(All().Concat(other.All()));

    /// <summary>These settings and one more, a list of texts.</summary>
    public SettingsUsed And(string path, IEnumerable<string> values) => And(path, Canonical(values));

    /// <summary>These settings and one more value.</summary>
    public SettingsUsed And(string path, string value)
    {
        int at = Array.BinarySearch(_paths, path, StringComparer.Ordinal);
        return at < 0 ? new([.. _paths[..~at], path, .. _paths[~at..]], [.. _values[..~at], value, .. _values[~at..]])
            : new(_paths, [.. _values[..at], value, .. _values[(at + 1)..]]);
    }

    /// <summary>These settings but for those of some paths.</summary>
    public SettingsUsed Without(IEnumerable<string> paths)
    {
        var left = paths.ToHashSet(StringComparer.Ordinal);
        return new(All().Where(one => !left.Contains(one.Key)));
    }

    /// <summary>The identity of all values.</summary>
    public ContentHash Hash()
    {
        var text = new StringBuilder();
        foreach ((string path, string value) in All())
            text.Append(CultureInfo.InvariantCulture, $"{path.Length}:{path}={value.Length}:{value}\n");
        return ContentHash.Of(text.ToString());
    }

    private IEnumerable<KeyValuePair<string, string>> All() => _paths.Zip(_values, KeyValuePair.Create);

    /// <summary>The canonical text of a number: shortest form that reads back, minus zero as zero.</summary>
    /// <exception cref="Misuse">The number is not finite.</exception>
    public static string Canonical(double value) => double.IsFinite(value)
        ? NumberText.Exact(value == 0 ? 0 : value)
        : throw new Misuse($"a setting must be a finite number, not {value.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The canonical text of a text: itself, in quotes where it begins as a list or a quoted text does.</summary>
    public static string Canonical(string value) => value is ['[' or '"', ..] ? Quoted(value) : value;

    /// <summary>
    /// The canonical text of a list of texts: <c>[first, second]</c>, an item in quotes where it could be taken for another
    /// list: no two lists share a text.
    /// </summary>
    public static string Canonical(IEnumerable<string> values) =>
        $"[{string.Join(", ", values.Select(value => IsWord(value) ? value : Quoted(value)))}]";

    /// <summary>The canonical text of a list of numbers.</summary>
    public static string Canonical(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(Canonical))}]";

    /// <summary>The path of a key below another: the key in quotes where its dot, or its digits, would be taken for steps of it.</summary>
    public static string Path(string above, string key)
    {
        string step = IsWord(key) && !key.Contains('.', StringComparison.Ordinal) && !key.All(char.IsAsciiDigit) ? key : Quoted(key);
        return above.Length == 0 ? step : $"{above}.{step}";
    }

    private static bool IsWord(string text) =>
        text.Length > 0 && text.AsSpan().IndexOfAny(NoWord) < 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]);

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
