using System.Globalization;

namespace TauPipeline.Configuration;

/// <summary>Numbers with a unit: <c>20</c>, <c>20 GeV</c>, <c>20000 MeV</c>, <c>512 MiB</c>; converted once, at the door.</summary>
public static class Units
{
    private const string Inverse = "^-1";

    // More digits than a decimal holds: it would be rounded before it is known whether it is whole.
    private const int MostDigits = 28;

    // A unit is some of its base, or a part of one: so that 4100 MeV is the double nearest to 4.1 GeV.
    private static readonly Dictionary<string, (string Base, long Times, long Over)> Known = new(StringComparer.Ordinal)
    {
        ["GeV"] = ("GeV", 1, 1),
        ["MeV"] = ("GeV", 1, 1000),
        ["TeV"] = ("GeV", 1000, 1),
        ["cm"] = ("cm", 1, 1),
        ["mm"] = ("cm", 1, 10),
        ["um"] = ("cm", 1, 10_000),
        ["m"] = ("cm", 100, 1),
        ["ns"] = ("ns", 1, 1),
        ["ps"] = ("ns", 1, 1000),
        ["B"] = ("B", 1, 1),
        ["KiB"] = ("B", 1 << 10, 1),
        ["MiB"] = ("B", 1 << 20, 1),
        ["GiB"] = ("B", 1 << 30, 1),
        ["KB"] = ("B", 1000, 1),
        ["MB"] = ("B", 1_000_000, 1),
        ["GB"] = ("B", 1_000_000_000, 1),
        ["pb"] = ("pb", 1, 1),
        ["nb"] = ("pb", 1000, 1),
        ["fb"] = ("pb", 1, 1000),
        ["fb^-1"] = ("fb^-1", 1, 1),
        ["pb^-1"] = ("fb^-1", 1, 1000),
        ["s"] = ("s", 1, 1),
        ["min"] = ("s", 60, 1),
        ["h"] = ("s", 3600, 1),
        ["%"] = ("", 1, 100),
    };

    /// <summary>The units by name, without the percent sign and inverse units, whose signs are operators where there are any.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys.Where(unit => unit.All(char.IsAsciiLetter))];

    /// <summary>What a number of that unit is to be multiplied with, then divided by, in its base unit: GeV, cm, ns, pb, s or B.</summary>
    public static bool TryScale(string unit, out (long Times, long Over) scale)
    {
        bool found = Known.TryGetValue(unit, out (string Base, long Times, long Over) known);
        scale = (known.Times, known.Over);
        return found;
    }

    /// <summary>The number in <paramref name="unit"/> (empty: a pure number).</summary>
    public static bool TryRead(string text, string unit, out double value)
    {
        (string number, long times, long over) = Part(text, unit);
        bool read = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        value = value * times / over;
        return read && double.IsFinite(value);
    }

    /// <summary>The whole number in <paramref name="unit"/>, to the last digit; not one that has a fraction.</summary>
    public static bool TryReadWhole(string text, string unit, out decimal value)
    {
        (string number, long times, long over) = Part(text, unit);
        value = 0;
        if (number.Count(char.IsAsciiDigit) > MostDigits) return false;
        if (!decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return false;
        if (value == 0 && number.TakeWhile(digit => digit is not ('e' or 'E')).Any(digit => digit is >= '1' and <= '9')) return false;
        if (Math.Abs(value) > decimal.MaxValue / times) return false;
        value = value * times / over;
        return value == decimal.Floor(value);
    }

    private static (string Number, long Times, long Over) Part(string text, string unit)
    {
        string number = text.Trim();
        int end = number.Length;
        if (number.EndsWith(Inverse, StringComparison.Ordinal)) end -= Inverse.Length;
        while (end > 0 && (char.IsAsciiLetter(number[end - 1]) || number[end - 1] == '%')) end--;
        return Known.TryGetValue(number[end..], out (string Base, long Times, long Over) known) && known.Base == unit
            ? (number[..end].TrimEnd(), known.Times, known.Over)
            : (number, 1, 1);
    }
}
