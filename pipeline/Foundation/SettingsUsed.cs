using System.Globalization;
using System.Text;

namespace TauPipeline.Foundation;

/// <summary>
/// The settings a step consumes, after units and defaults, in canonical form: what enters its fingerprint and what
/// <c>--explain</c> compares. An explicit default equals an omitted one; order and comments of the YAML never matter.
/// </summary>
public sealed class SettingsUsed
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly string[] _paths;

    /// <summary>No settings at all.</summary>
    public static SettingsUsed None { get; } = new([]);

    /// <summary>Settings from path (<c>spectrum.pt</c>) and canonical value.</summary>
    public SettingsUsed(IEnumerable<KeyValuePair<string, string>> values)
    {
        foreach ((string path, string value) in values) _values[path] = value;
        _paths = [.. _values.Keys];
        Array.Sort(_paths, StringComparer.Ordinal);
    }

    /// <summary>The paths, in order.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>The canonical value at a path.</summary>
    public string this[string path] => _values[path];

    /// <summary>These settings and those of <paramref name="other"/>.</summary>
    public SettingsUsed And(SettingsUsed other) => new(_values.Concat(other._values));

    /// <summary>These settings and one more value.</summary>
    public SettingsUsed And(string path, string value) => new(_values.Append(new(path, value)));

    /// <summary>The identity of all values.</summary>
    public ContentHash Hash()
    {
        var text = new StringBuilder();
        foreach (string path in _paths) text.Append(path).Append('=').Append(_values[path].Length).Append(':').Append(_values[path]).Append('\n');
        return ContentHash.Of(text.ToString());
    }

    /// <summary>The canonical text of a number: shortest form that reads back, minus zero as zero.</summary>
    /// <exception cref="Misuse">The number is not finite.</exception>
    public static string Canonical(double value) => double.IsFinite(value)
        ? (value == 0 ? 0 : value).ToString("R", CultureInfo.InvariantCulture)
        : throw new Misuse($"a setting must be a finite number, not {value.ToString(CultureInfo.InvariantCulture)}");
}
