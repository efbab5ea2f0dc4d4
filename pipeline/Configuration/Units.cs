using System.Globalization;

namespace TauPipeline.Configuration;

/// <summary>Numbers with a unit: <c>20</c>, <c>20 GeV</c>, <c>20000 MeV</c>, <c>512 MiB</c>; converted once, at the door.</summary>
public static class Units
{
    private static readonly Dictionary<string, (string Base, double Factor)> Known = new(StringComparer.Ordinal)
    {
        ["GeV"] = ("GeV", 1),
        ["MeV"] = ("GeV", 1e-3),
        ["TeV"] = ("GeV", 1e3),
        ["cm"] = ("cm", 1),
        ["mm"] = ("cm", 0.1),
        ["um"] = ("cm", 1e-4),
        ["m"] = ("cm", 100),
        ["ns"] = ("ns", 1),
        ["ps"] = ("ns", 1e-3),
        ["B"] = ("B", 1),
        ["KiB"] = ("B", 1 << 10),
        ["MiB"] = ("B", 1 << 20),
        ["GiB"] = ("B", 1 << 30),
        ["KB"] = ("B", 1e3),
        ["MB"] = ("B", 1e6),
        ["GB"] = ("B", 1e9),
        ["s"] = ("s", 1),
        ["min"] = ("s", 60),
        ["h"] = ("s", 3600),
        ["%"] = ("", 0.01),
    };

    /// <summary>The units by name, without the percent sign, which stands for a remainder where there are operators.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys.Where(unit => unit != "%")];

    /// <summary>What a number of that unit is times in its base unit: GeV, cm, ns, s or B.</summary>
    public static bool TryFactor(string unit, out double factor)
    {
        bool found = Known.TryGetValue(unit, out (string Base, double Factor) known);
        factor = known.Factor;
        return found;
    }

    /// <summary>The number in <paramref name="unit"/> (empty: a pure number).</summary>
    public static bool TryRead(string text, string unit, out double value)
    {
        string number = text.Trim();
        double factor = 1;
        int end = number.Length;
        while (end > 0 && (char.IsAsciiLetter(number[end - 1]) || number[end - 1] == '%')) end--;
        string suffix = number[end..];
        if (suffix.Length > 0 && Known.TryGetValue(suffix, out (string Base, double Factor) known) && known.Base == unit)
        {
            factor = known.Factor;
            number = number[..end].TrimEnd();
        }
        bool read = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        value *= factor;
        return read;
    }
}
