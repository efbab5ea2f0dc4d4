using System.Globalization;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>Numbers as cells of a table.</summary>
internal static class CellText
{
    public static string Number(double value, string format = "0.0000") => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A sum of weights; a whole one, as of weights that are 1, reads as a count.</summary>
    public static string Weight(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    public static string Percent(double value) => (value * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    public static string Share(IntervalEntry share) => share.Value is { } value ? Share(value, share.Low!.Value, share.High!.Value) : "";

    public static string Share(double value, double low, double high) =>
        $"{Number(value, "0.00000")} [{Number(low, "0.00000")}, {Number(high, "0.00000")}]";
}
