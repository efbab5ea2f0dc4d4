using System.Globalization;

namespace TauPipeline.RootIO;

/// <summary>
/// How a Double32_t or Float16_t was packed: the comment of its member, or the title of its leaf, holds <c>[minimum,maximum,bits]</c>
/// (guide section 4.5). Without a range (minimum not below maximum) bits are those kept of the mantissa.
/// </summary>
internal readonly record struct FloatRange(double Minimum, double Maximum, int Bits)
{
    private const int FewestBits = 2, MostBits = 32;

    public bool HasRange => Minimum < Maximum;

    /// <summary>The first bracket of the text that holds a comma; others are dimensions.</summary>
    public static FloatRange? Find(string text)
    {
        for (int open = text.IndexOf('[', StringComparison.Ordinal); open >= 0; open = text.IndexOf('[', open + 1))
        {
            int close = text.IndexOf(']', open);
            if (close < 0) return null;
            if (text.AsSpan(open, close - open).Contains(',')) return Parse(text[(open + 1)..close]);
        }
        return null;
    }

    private static FloatRange? Parse(string range)
    {
        string[] parts = range.Split(',');
        if (parts.Length > 3 || Number(parts[0]) is not { } minimum || Number(parts[1]) is not { } maximum) return null;
        int bits = MostBits;
        if (parts.Length == 3 && !int.TryParse(parts[2].Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out bits)) return null;
        return new FloatRange(minimum, maximum, bits is < FewestBits or > MostBits ? MostBits : bits);
    }

    private static double? Number(string text)
    {
        string plain = text.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        if (double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return number;
        double sign = plain.StartsWith('-') ? -1 : 1;
        return plain.TrimStart('-', '+') switch
        {
            "pi" => sign * Math.PI,
            "2pi" or "2*pi" or "twopi" => sign * 2 * Math.PI,
            "pi/2" => sign * Math.PI / 2,
            "pi/4" => sign * Math.PI / 4,
            _ => null,
        };
    }
}
