using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>
/// Names and their numbers (<see cref="NameHash"/>) as TauMLTools writes them: one object of name to decimal number as a text, dots and all.
/// </summary>
public sealed record NameTableFile(IReadOnlyDictionary<string, ulong> Numbers) : IProduct<NameTableFile>
{
    /// <summary>The numbers of some names.</summary>
    public static NameTableFile Of(IEnumerable<string> names) => new(names.Distinct().ToDictionary(name => name, NameHash.Of));

    /// <inheritdoc/>
    public static NameTableFile Read(ProductInput from) => new(
        Json.Read<Dictionary<string, string>>(from)
            .ToDictionary(one => one.Key, one => ulong.Parse(one.Value, CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public static void Write(ProductOutput to, NameTableFile value) => Json.Write(
        to,
        new SortedDictionary<string, string>(
            value.Numbers.ToDictionary(one => one.Key, one => one.Value.ToString(CultureInfo.InvariantCulture)), StringComparer.Ordinal));
}
