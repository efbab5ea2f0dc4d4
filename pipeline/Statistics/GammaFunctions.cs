namespace TauPipeline.Statistics;

/// <summary>The incomplete gamma function and what the beta function shares with it.</summary>
internal static class GammaFunctions
{
    private const double HalfLogTwoPi = 0.91893853320467274178;
    private const double Epsilon = 1e-16;

    // Stirling's series for Binet's function, B(2k) / (2k (2k - 1)); at z >= 10 seven terms are exact to rounding
    private static readonly double[] Stirling = [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156];

    /// <summary>What Stirling's formula misses: ln Gamma(z) - ((z - 1/2) ln z - z + ln sqrt(2 pi)), z &gt; 0.</summary>
    public static double Binet(double z)
    {
        double below = 0;
        for (; z < 10; z++) below += (z + 0.5) * LogOnePlus(1 / z) - 1;
        double inverse = 1 / (z * z), sum = 0;
        for (int k = Stirling.Length - 1; k >= 0; k--) sum = sum * inverse + Stirling[k];
        return below + sum / z;
    }

    /// <summary>ln(1 + x) without loss for small x.</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>The upper tail Q(a, x) of the gamma distribution, a &gt; 0, x &gt;= 0.</summary>
    public static double UpperTail(double a, double x)
    {
        if (x <= 0) return 1;
        if (double.IsPositiveInfinity(x)) return 0;
        double front = Math.Exp(a * LogOnePlus((x - a) / a) + (a - x) + 0.5 * Math.Log(a) - HalfLogTwoPi - Binet(a));
        return x < a + 1 ? 1 - front * Series(a, x) : front * Fraction(a, x);
    }

    private static double Series(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (double n = a + 1; term > sum * Epsilon; n++) sum += term *= x / n;
        return sum;
    }

    // Lentz's evaluation of the continued fraction
    private static double Fraction(double a, double x)
    {
        double b = x + 1 - a, c = double.MaxValue, d = 1 / b, value = d;
        for (int i = 1; i < 1_000_000; i++)
        {
            double an = -i * (i - a);
            b += 2;
            d = 1 / (an * d + b);
            c = b + an / c;
            value *= c * d;
            if (Math.Abs(c * d - 1) < 2 * Epsilon) return value;
        }
        throw StatisticsErrors.NoConvergence("the incomplete gamma function", a, 0, x);
    }
}
