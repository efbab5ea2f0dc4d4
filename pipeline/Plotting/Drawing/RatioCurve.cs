namespace TauPipeline.Plotting;

/// <summary>Curves divided by a reference that is interpolated linearly at their own points.</summary>
internal static class RatioCurve
{
    /// <summary>
    /// The probe over the reference where both exist and the reference is above zero; the band is the probe's own. A vertical piece, as
    /// where all taus pass already and fakes come on, counts with its first point alone: a ratio is a function of the efficiency.
    /// </summary>
    public static Curve Of(Curve probe, Curve reference)
    {
        (double x, double below)[] points = [.. probe.X.Select(x => (x, At(reference, x)))];
        int[] common = [.. Enumerable.Range(0, points.Length).Where(i => points[i].below > 0 && (i == 0 || probe.X[i] != probe.X[i - 1]))];
        double[] Divide(double[] values) => [.. common.Select(i => values[i] / points[i].below)];
        return new Curve(
            probe.Name,
            [.. common.Select(i => probe.X[i])],
            Divide(probe.Y),
            probe.Low is null ? null : Divide(probe.Low),
            probe.High is null ? null : Divide(probe.High))
        { ThinBelow = probe.ThinBelow };
    }

    /// <summary>A working point over the reference at its efficiency, or nothing where there is no reference.</summary>
    public static RocMarker? Of(RocMarker probe, Curve reference)
    {
        double below = At(reference, probe.X.Value);
        return below > 0 ? probe with { Y = new ErrorBar(probe.Y.Value / below, probe.Y.Low / below, probe.Y.High / below) } : null;
    }

    /// <summary>The curve at x; not a number outside of it. On a vertical piece the lower of its values counts.</summary>
    public static double At(Curve curve, double x)
    {
        int after = Array.BinarySearch(curve.X, x);
        if (after >= 0)
        {
            while (after > 0 && curve.X[after - 1] == x) after--;
            return curve.Y[after];
        }
        after = ~after;
        if (after == 0 || after == curve.X.Length) return double.NaN;
        double share = (x - curve.X[after - 1]) / (curve.X[after] - curve.X[after - 1]);
        return curve.Y[after - 1] + (share * (curve.Y[after] - curve.Y[after - 1]));
    }
}
