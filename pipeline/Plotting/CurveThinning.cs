namespace TauPipeline.Plotting;

/// <summary>Leaves out the points of a curve that an eye cannot tell from their neighbours.</summary>
public static class CurveThinning
{
    /// <summary>A point every four pixels of a line across the usual frame.</summary>
    public const int MostPoints = 250;

    /// <summary>
    /// At most <paramref name="most"/> of the given points, evenly spaced along the drawn line; the first and the last always stay.
    /// Pruning by rounded efficiencies, as TauMLTools does, can lose the end point (1, 1).
    /// </summary>
    /// <param name="curve">The curve as computed.</param>
    /// <param name="across">Where a value of x lies across the frame, 0 to 1.</param>
    /// <param name="up">Where a value of y lies up the frame, 0 to 1.</param>
    /// <param name="most">At least 5.</param>
    public static Curve Thin(Curve curve, Func<double, double> across, Func<double, double> up, int most = MostPoints)
    {
        if (curve.X.Length <= most) return curve;
        double[] along = Length(curve, across, up);
        double step = along[^1] / (most - 4),
            next = step; // four: the first, the last, and those where the line enters and leaves the frame
        var kept = new List<int> { 0 };
        for (int i = 1; i < along.Length - 1; i++)
        {
            bool enters = along[i] == 0 && along[i + 1] > 0, leaves = along[i] == along[^1] && along[i - 1] < along[^1];
            if (!enters && !leaves && (along[i] < next || along[i] == along[i - 1])) continue;
            kept.Add(i);
            next = along[i] + step;
        }
        kept.Add(along.Length - 1);
        return curve.At(kept);
    }

    // What lies outside the frame, or at no place of it (zero on a logarithmic axis), must not use up the points.
    private static double[] Length(Curve curve, Func<double, double> across, Func<double, double> up)
    {
        var along = new double[curve.X.Length];
        for (int i = 1; i < along.Length; i++)
        {
            double from = across(curve.X[i - 1]), to = across(curve.X[i]);
            bool beside = double.IsNaN(from + to) || Math.Max(from, to) < 0 || Math.Min(from, to) > 1;
            along[i] =
                along[i - 1]
                + (beside ? 0 : Math.Abs(Inside(to) - Inside(from)) + Math.Abs(Inside(up(curve.Y[i])) - Inside(up(curve.Y[i - 1]))));
        }
        return along;
    }

    private static double Inside(double place) => double.IsNaN(place) ? 0 : Math.Clamp(place, 0, 1);
}
