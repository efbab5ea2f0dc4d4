using System.Runtime.CompilerServices;
using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>Distributions that the simulation needs, drawn from counter-based random numbers.</summary>
internal static class RandomDraws
{
    /// <summary>Uniform in (0, 1) with 32 bits: half the price of 53, and more than any resolution here can tell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double NextUnit(this ref CounterRandom random) => (random.NextUInt32() + 0.5) * (1.0 / (1UL << 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool NextBelow(this ref CounterRandom random, double probability) => random.NextUnit() < probability;

    public static double NextBetween(this ref CounterRandom random, double low, double high) => low + (high - low) * random.NextUnit();

    public static double NextLogBetween(this ref CounterRandom random, double low, double high) =>
        low * Math.Pow(high / low, random.NextUnit());

    public static double NextAzimuth(this ref CounterRandom random) => Math.PI * (1 - 2 * random.NextUnit());

    /// <summary>A point uniform over the disc of radius 1, by rejection from the square around it.</summary>
    public static (double X, double Y) NextInDisc(this ref CounterRandom random)
    {
        while (true)
        {
            double x = 2 * random.NextUnit() - 1, y = 2 * random.NextUnit() - 1;
            if (x * x + y * y < 1) return (x, y);
        }
    }

    /// <summary>Sine and cosine of an azimuth uniform over the circle: of twice that of a point of the disc.</summary>
    public static (double Sine, double Cosine) NextDirection(this ref CounterRandom random)
    {
        (double x, double y) = random.NextInDisc();
        double square = x * x + y * y;
        return (2 * x * y / square, (x * x - y * y) / square);
    }

    public static int NextSign(this ref CounterRandom random) => (random.NextUInt32() & 1) == 0 ? 1 : -1;

    /// <summary>Poisson by products of uniforms; above a mean of 60 the rounded normal, whose error is below a percent there.</summary>
    public static int NextPoisson(this ref CounterRandom random, double mean)
    {
        if (mean > 60) return Math.Max(0, (int)Math.Floor(mean + Math.Sqrt(mean) * random.NextNormal() + 0.5));
        double limit = Math.Exp(-mean), product = random.NextUnit();
        int count = 0;
        for (; product > limit; count++) product *= random.NextUnit();
        return count;
    }

    /// <summary>How many of so many independent trials succeed, by inversion from all downwards.</summary>
    public static int NextBinomial(this ref CounterRandom random, int trials, double probability)
    {
        double left = random.NextUnit(), term = Math.Pow(probability, trials), odds = (1 - probability) / probability;
        int successes = trials;
        for (; left > term && successes > 0; successes--)
        {
            left -= term;
            term *= odds * successes / (trials - successes + 1);
        }
        return successes;
    }

    /// <summary>
    /// Gamma distributed with scale 1 (Marsaglia and Tsang 2000, with their squeeze that saves the logarithms; below shape 1 by their power
    /// of a uniform, which is an exponential's exponential).
    /// </summary>
    public static double NextGamma(this ref CounterRandom random, double shape)
    {
        if (shape < 1) return random.NextGamma(shape + 1) * Math.Exp(-random.NextExponential() / shape);
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.NextNormal(), v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            double uniform = random.NextUnit(), square = x * x;
            if (uniform < 1 - 0.0331 * square * square || Math.Log(uniform) < 0.5 * square + d - d * v + d * Math.Log(v)) return d * v;
        }
    }

    /// <summary>Beta distributed.</summary>
    public static double NextBeta(this ref CounterRandom random, double a, double b)
    {
        double x = random.NextGamma(a);
        return x / (x + random.NextGamma(b));
    }

    /// <summary>pt ~ pt / (1 + (pt/a)²)^2.5: peak at a/2, tail pt^-4; at most 1000.</summary>
    public static double NextBosonPt(this ref CounterRandom random, double peak) =>
        Math.Min(1000, 2 * peak * Math.Sqrt(Math.Pow(random.NextOpen(), -2.0 / 3) - 1));
}
