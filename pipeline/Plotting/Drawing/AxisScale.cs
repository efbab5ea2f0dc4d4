using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>An axis whose range and ticks are decided.</summary>
internal sealed record AxisScale(string Label, bool Log, double Low, double High, IReadOnlyList<AxisTick> Ticks)
{
    /// <summary>The axis as asked for, its range from the data where it names none.</summary>
    /// <param name="axis">What was asked for.</param>
    /// <param name="data">All values that should be visible.</param>
    /// <param name="headroom">Part of the height left free above the data for legend and text.</param>
    /// <param name="wanted">About how many labels fit.</param>
    public static AxisScale For(PlotAxis axis, IEnumerable<double> data, double headroom = 0, int wanted = 8)
    {
        (double low, double high) = axis.Range ?? Around(data, axis.Log, headroom);
        (low, high) = (PlotNumber.Round(low), PlotNumber.Round(high));
        IReadOnlyList<AxisTick> ticks =
            axis.Ticks.Count > 0 ? axis.Ticks
            : axis.Log ? AxisTicks.Log(low, high)
            : AxisTicks.Linear(low, high, wanted);
        return new AxisScale(axis.Label, axis.Log, low, high, ticks);
    }

    /// <summary>Whether a value has a place on this axis, inside the frame or not.</summary>
    public bool Takes(double value) => double.IsFinite(value) && (!Log || value > 0);

    /// <summary>The value, or the axis' end where a band leaves the frame.</summary>
    public double Clamp(double value) => Math.Clamp(value, Low, High);

    /// <summary>From 0 at the low end to 1 at the high end.</summary>
    public double Fraction(double value) => Log ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);

    public JsonObject Json()
    {
        var scale = new JsonObject { ["type"] = Log ? "log" : "linear", ["domain"] = PlotNumber.Places([Low, High]), ["nice"] = false };
        if (!Log) scale["zero"] = false;
        return scale;
    }

    private static (double, double) Around(IEnumerable<double> data, bool log, double headroom)
    {
        double[] values = [.. data.Where(value => double.IsFinite(value) && (!log || value > 0))];
        if (values.Length == 0) return log ? (0.1, 1) : (0, 1);
        double low = values.Min(), high = values.Max();
        if (log)
        {
            if (high < low * 1.5) (low, high) = (low / 2, high * 2);
            double edge = Math.Pow(high / low, 0.04);
            return (low / edge, high * edge * Math.Pow(high / low, headroom / (1 - headroom)));
        }
        if (high - low <= 1e-12 * Math.Abs(high))
            (low, high) = low == 0 ? (0, 1) : (low - (0.1 * Math.Abs(low)), high + (0.1 * Math.Abs(high)));
        double span = high - low, margin = 0.04 * span;
        return (low >= 0 && low < 0.3 * high ? 0 : low - margin, high + margin + (span * headroom / (1 - headroom)));
    }
}
