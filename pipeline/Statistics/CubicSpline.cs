namespace TauPipeline.Statistics;

/// <summary>
/// The cubic spline through equally spaced values, which stay what they are beyond the first and the last: what SciPy's
/// <c>map_coordinates</c> gives with order 3 and mode "nearest".
/// </summary>
public static class CubicSpline
{
    // Values that are repeated before and behind: the pole to this power is 1e-7.
    private const int Beyond = 12;

    private static readonly double Pole = Math.Sqrt(3) - 2;

    /// <summary>The spline in the middles of <paramref name="parts"/> equal parts of each value's cell.</summary>
    public static double[] Refined(ReadOnlySpan<double> values, int parts)
    {
        double[] coefficients = Coefficients(values);
        var refined = new double[values.Length * parts];
        for (int i = 0; i < refined.Length; i++)
            refined[i] = At(coefficients, (double)i / parts - 0.5 + 0.5 / parts + Beyond);
        return refined;
    }

    // Of cubic B-splines at the values' places: a recursive filter forth and back, begun as for values mirrored at the ends.
    private static double[] Coefficients(ReadOnlySpan<double> values)
    {
        var c = new double[values.Length + 2 * Beyond];
        for (int i = 0; i < c.Length; i++) c[i] = 6 * values[Math.Clamp(i - Beyond, 0, values.Length - 1)];
        double first = c[0], power = Pole;
        for (int i = 0; i < c.Length; i++, power *= Pole) first += power * c[i];
        c[0] = first;
        for (int i = 1; i < c.Length; i++) c[i] += Pole * c[i - 1];
        c[^1] *= Pole / (Pole - 1);
        for (int i = c.Length - 2; i >= 0; i--) c[i] = Pole * (c[i + 1] - c[i]);
        return c;
    }

    private static double At(double[] coefficients, double x)
    {
        int left = (int)Math.Floor(x);
        double sum = 0;
        for (int i = left - 1; i <= left + 2; i++) sum += coefficients[i] * Weight(Math.Abs(x - i));
        return sum;
    }

    private static double Weight(double distance) => distance switch
    {
        < 1 => 2.0 / 3 + distance * distance * (distance / 2 - 1),
        < 2 => (2 - distance) * (2 - distance) * (2 - distance) / 6,
        _ => 0,
    };
}
