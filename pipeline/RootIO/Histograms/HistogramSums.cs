namespace TauPipeline.RootIO;

/// <summary>Sums over the fills of a histogram that were inside its axes: of weights w, w², wx, wx², wy, wy², wxy.</summary>
public sealed record HistogramSums(
    double Weights = 0,
    double Squares = 0,
    double X = 0,
    double XX = 0,
    double Y = 0,
    double YY = 0,
    double XY = 0)
{
    internal static HistogramSums Of(IReadOnlyList<HistogramAxis> axes, ReadOnlySpan<double> values, ReadOnlySpan<double> squares)
    {
        double[] xs = Centres(axes[0]), ys = axes.Count > 1 ? Centres(axes[1]) : [0];
        int stride = axes[0].Bins + 2, firstRow = axes.Count > 1 ? 1 : 0;
        double w = 0, w2 = 0, wx = 0, wxx = 0, wy = 0, wyy = 0, wxy = 0;
        for (int j = 0; j < ys.Length; j++)
        {
            for (int i = 0; i < xs.Length; i++)
            {
                int cell = i + 1 + stride * (j + firstRow);
                double value = values[cell], x = xs[i], y = ys[j];
                (w, w2, wx, wxx, wy, wyy, wxy) = (
                    w + value,
                    w2 + squares[cell],
                    wx + value * x,
                    wxx + value * x * x,
                    wy + value * y,
                    wyy + value * y * y,
                    wxy + value * x * y);
            }
        }
        return new HistogramSums(w, w2, wx, wxx, wy, wyy, wxy);
    }

    private static double[] Centres(HistogramAxis axis)
    {
        double[] edges = axis.Edges();
        var centres = new double[axis.Bins];
        for (int i = 0; i < centres.Length; i++) centres[i] = (edges[i] + edges[i + 1]) / 2;
        return centres;
    }
}
