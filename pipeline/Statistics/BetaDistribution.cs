namespace TauPipeline.Statistics;

/// <summary>The beta distribution: its cumulative probability (regularised incomplete beta function) and quantiles.</summary>
public static class BetaDistribution
{
    private const double Epsilon = 1e-16;

    /// <summary>Probability below x, for a and b above 0.</summary>
    public static double Cumulative(double a, double b, double x)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        double front = Front(a, b, x);
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - front * Fraction(b, a, 1 - x) / b;
    }

    /// <summary>The x below which the probability is <paramref name="probability"/>; good to 1e-12 or better.</summary>
    public static double Quantile(double a, double b, double probability)
    {
        if (probability <= 0) return 0;
        if (probability >= 1) return 1;
        double low = 0, high = 1, x = Math.Clamp(Guess(a, b, probability), 1e-300, 1 - 1e-16);
        // Newton inside a bracket that every evaluation tightens; bisection whenever a step would leave it
        for (int i = 0; i < 200; i++)
        {
            double off = Cumulative(a, b, x) - probability;
            if (off > 0) high = x;
            else low = x;
            double density = Front(a, b, x) / (x * (1 - x));
            double next = density > 0 ? x - off / density : double.NaN;
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (Math.Abs(next - x) <= 4 * Epsilon * x || next == low || next == high) return next;
            x = next;
        }
        return x;
    }

    // x^a (1-x)^b / Beta(a, b), arranged around the mean so that large a and b lose nothing (after Loader 2000)
    private static double Front(double a, double b, double x)
    {
        double y = 1 - x, sum = a + b, off = x * b - y * a;
        double log = a * LogRatio(x * sum / a, off / a) + b * LogRatio(y * sum / b, -off / b) + 0.5 * Math.Log(a * b / (2 * Math.PI * sum))
            + GammaFunctions.Binet(sum) - GammaFunctions.Binet(a) - GammaFunctions.Binet(b);
        return Math.Exp(log);
    }

    private static double LogRatio(double ratio, double lessOne) =>
        Math.Abs(lessOne) < 0.5 ? GammaFunctions.LogOnePlus(lessOne) : Math.Log(ratio);

    // Lentz's evaluation of the continued fraction of DLMF 8.17.22
    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), value = d;
        for (int m = 1; m < 1_000_000; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            value *= c * d;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            value *= c * d;
            if (Math.Abs(c * d - 1) < 3 * Epsilon) return value;
        }
        throw StatisticsErrors.NoConvergence("the incomplete beta function", a, b, x);

        static double NotZero(double term) => Math.Abs(term) < Tiny ? Tiny : term;
    }

    // A normal approximation (Abramowitz and Stegun 26.5.22) where both parameters are at least 1, else the power law of the nearer end
    private static double Guess(double a, double b, double probability)
    {
        if (a < 1 || b < 1)
        {
            double left = Math.Exp(a * Math.Log(a / (a + b))) / a,
                right = Math.Exp(b * Math.Log(b / (a + b))) / b,
                share = left / (left + right);
            return probability < share
                ? Math.Pow(a * (left + right) * probability, 1 / a)
                : 1 - Math.Pow(b * (left + right) * (1 - probability), 1 / b);
        }
        double t = Math.Sqrt(-2 * Math.Log(Math.Min(probability, 1 - probability)));
        double z = t - (2.30753 + t * 0.27061) / (1 + t * (0.99229 + t * 0.04481));
        if (probability > 0.5) z = -z;
        double lambda = (z * z - 3) / 6, ra = 1 / (2 * a - 1), rb = 1 / (2 * b - 1), h = 2 / (ra + rb);
        double w = z * Math.Sqrt(Math.Max(lambda + h, 0)) / h - (rb - ra) * (lambda + 5.0 / 6 - 2 / (3 * h));
        return a / (a + b * Math.Exp(2 * w));
    }
}
