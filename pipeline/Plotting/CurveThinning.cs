namespace TauPipeline.Plotting;

/// <summary>Leaves out the points of a curve that an eye cannot tell from their neighbours.</summary>
public static class CurveThinning
{
    /// <summary>What a frame of 560 pixels can show.</summary>
    public const int MostPoints = 400;

    /// <summary>
    /// At most <paramref name="most"/> of the given points, evenly spaced along the drawn line; the first and the last always stay.
    /// Pruning by rounded efficiencies, as TauMLTools does, can lose the end point (1, 1).
    /// </summary>
    /// <param name="curve">The curve as computed.</param>
    /// <param name="across">Where a value of x lies across the frame, 0 to 1.</param>
    /// <param name="up">Where a value of y lies up the frame, 0 to 1.</param>
    /// <param name="most">At least 2.</param>
    public static Curve Thin(Curve curve, Func<double, double> across, Func<double, double> up, int most = MostPoints)
    {
        if (curve.X.Length <= most) return curve;
        double[] along = Length(curve, across, up);
        double step = along[^1] / (most - 1);
        var kept = new List<int> { 0 };
        for (int i = 1; i < along.Length - 1 && kept.Count < most - 1; i++)
            if (along[i] >= kept.Count * step) kept.Add(i);
        kept.Add(along.Length - 1);
        return curve.At(kept);
    }

    private static double[] Length(Curve curve, Func<double, double> across, Func<double, double> up)
    {
        var along = new double[curve.X.Length];
        for (int i = 1; i < along.Length; i++)
        {
            double step = Math.Abs(Place(across, curve.X[i]) - Place(across, curve.X[i - 1])) + Math.Abs(Place(up, curve.Y[i]) - Place(up, curve.Y[i - 1]));
            along[i] = along[i - 1] + step;
        }
        return along;
    }

    // What lies far outside the frame, or at no place of it (zero on a logarithmic axis), must not use up the points.
    private static double Place(Func<double, double> place, double value)
    {
        double at = place(value);
        return double.IsNaN(at) ? 0 : Math.Clamp(at, -0.05, 1.05);
    }
}
