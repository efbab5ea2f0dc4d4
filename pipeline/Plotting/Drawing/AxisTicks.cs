using System.Globalization;

namespace TauPipeline.Plotting;

/// <summary>Where an axis has ticks and what they say; minor ticks say nothing.</summary>
internal static class AxisTicks
{
    public static IReadOnlyList<AxisTick> Linear(double low, double high, int wanted)
    {
        double span = high - low;
        double decade = Math.Pow(10, Math.Floor(Math.Log10(span / wanted)));
        double major = new[] { 1.0, 2, 5, 10 }.Select(factor => factor * decade).First(step => span / step <= wanted + 1e-9);
        int parts = Math.Round(major / Math.Pow(10, Math.Floor(Math.Log10(major) + 1e-9))) == 2 ? 4 : 5;
        double minor = major / parts;
        var ticks = new List<AxisTick>();
        for (long i = (long)Math.Ceiling((low / minor) - 1e-9); i * minor <= high + (1e-9 * span); i++)
            ticks.Add(new AxisTick(PlotNumber.Round(i * minor), i % parts == 0 ? Plain(PlotNumber.Round(i * minor)) : ""));
        return ticks;
    }

    public static IReadOnlyList<AxisTick> Log(double low, double high)
    {
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9), last = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        double decades = Math.Log10(high / low);
        int[] labelled = decades > 2.3 ? [1] : decades > 1.2 ? [1, 2, 5] : [1, 2, 3, 5, 7];
        int stride = Math.Max(1, (last - first + 7) / 8); // more than eight labelled decades get too dense
        var ticks = new List<AxisTick>();
        for (int exponent = first; exponent <= last; exponent++)
            for (int digit = 1; digit <= 9; digit++)
            {
                double at = PlotNumber.Round(digit * Math.Pow(10, exponent));
                if (at < low * (1 - 1e-9) || at > high * (1 + 1e-9)) continue;
                bool speaks = labelled.Contains(digit) && (exponent - first) % stride == 0;
                ticks.Add(new AxisTick(at, !speaks ? "" : decades > 2.3 ? Power(exponent) : Plain(at)));
            }
        return ticks;
    }

    /// <summary>10⁻³, but 1 and 10 as they are.</summary>
    public static string Power(int exponent) => exponent switch
    {
        0 => "1",
        1 => "10",
        _ => "10" + string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(Raised)),
    };

    private static char Raised(char digit) =>
        digit switch
        {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            _ => (char)('⁰' + (digit - '0')),
        };

    // The minus sign is the one of typography, as wide as a digit.
    private static string Plain(double value)
    {
        double size = Math.Abs(value);
        if (size >= 1e5 || (size > 0 && size < 1e-4))
        {
            int exponent = (int)Math.Floor(Math.Log10(size) + 1e-9);
            double mantissa = PlotNumber.Round(value / Math.Pow(10, exponent));
            return mantissa == 1 ? Power(exponent) : $"{Plain(mantissa)}×{Power(exponent)}";
        }
        return value.ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
