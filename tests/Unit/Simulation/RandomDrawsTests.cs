using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Simulation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Simulation;

/// <summary>What is drawn, against its formula: Kolmogorov and Smirnov without bins, and frequencies of counts.</summary>
public sealed class RandomDrawsTests
{
    private const int Draws = 400_000;

    // Squares of normals are chi2 of one degree; signs and halves are looked at by themselves.
    [Fact]
    public void Normals_are_normal()
    {
        double[] drawn = Many(static (ref random) => random.NextNormal());

        Probability([.. drawn.Select(x => x * x)], x => 1 - Chi2.Probability(x, 1)).ShouldBeGreaterThan(1e-3);
        Share(drawn, x => x > 0).ShouldBe(0.5, 4 * 0.5 / Math.Sqrt(Draws));
        Math.Abs(Correlation(drawn)).ShouldBeLessThan(4 / Math.Sqrt(Draws));
    }

    // Beyond the last layer, which 1 of 3,876 draws is.
    [Fact]
    public void Normals_have_their_tail()
    {
        const double from = 3.654152885361009;
        double beyond = Chi2.Probability(from * from, 1);
        double[] all = Many(static (ref random) => random.NextNormal(), 4_000_000), tail = [.. all.Where(x => Math.Abs(x) > from)];

        ((double)tail.Length).ShouldBe(beyond * all.Length, 4 * Math.Sqrt(beyond * all.Length));
        Probability([.. tail.Select(x => x * x)], x => 1 - Chi2.Probability(x, 1) / beyond).ShouldBeGreaterThan(1e-3);
        Share(tail, x => x > 0).ShouldBe(0.5, 4 * 0.5 / Math.Sqrt(tail.Length));
    }

    [Fact]
    public void Exponentials_are_exponential_their_tail_too()
    {
        double[] drawn = Many(static (ref random) => random.NextExponential(), 4_000_000);
        double[] tail = [.. drawn.Where(x => x > 7.697117470131050)];

        Probability(drawn, x => 1 - Math.Exp(-x)).ShouldBeGreaterThan(1e-3);
        Probability(tail, x => 1 - Math.Exp(7.697117470131050 - x)).ShouldBeGreaterThan(1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(21)]
    [InlineData(32)]
    public void Twice_a_gamma_of_half_integer_shape_is_chi2(int degrees) =>
        Probability(Many((ref random) => 2 * random.NextGamma(0.5 * degrees)), x => 1 - Chi2.Probability(x, degrees))
            .ShouldBeGreaterThan(1e-3);

    [Theory]
    [InlineData(0.45, 0.75)]
    [InlineData(1.6, 1.2)]
    [InlineData(4, 1)]
    [InlineData(12, 1.5)]
    public void Betas_are_beta(double a, double b) =>
        Probability(Many((ref random) => random.NextBeta(a, b)), x => BetaDistribution.Cumulative(a, b, x)).ShouldBeGreaterThan(1e-3);

    [Fact]
    public void Points_fill_the_disc_evenly_and_directions_the_circle()
    {
        (double X, double Y)[] points = Many(static (ref random) => random.NextInDisc());
        (double Sine, double Cosine)[] directions = Many(static (ref random) => random.NextDirection());

        Probability([.. points.Select(point => point.X * point.X + point.Y * point.Y)], x => x).ShouldBeGreaterThan(1e-3);
        Probability([.. points.Select(point => Turn(point.Y, point.X))], x => x).ShouldBeGreaterThan(1e-3);
        Probability([.. directions.Select(direction => Turn(direction.Sine, direction.Cosine))], x => x).ShouldBeGreaterThan(1e-3);
        directions.ShouldAllBe(direction => Math.Abs(direction.Sine * direction.Sine + direction.Cosine * direction.Cosine - 1) < 1e-12);
    }

    // Frequencies within 4.5 errors of the binomial coefficients', and the same draws as where each is summed.
    [Theory]
    [InlineData(4, 0.95)]
    [InlineData(5, 0.85)]
    [InlineData(12, 0.9)]
    public void Successes_are_binomial(int trials, double probability)
    {
        var table = new BinomialTable(trials, probability);
        int[] drawn = Many((ref random) => table.Draw(ref random)), summed = Many((ref random) => random.NextBinomial(trials, probability));

        drawn.ShouldBe(summed);
        double coefficient = 1;
        for (int successes = 0; successes <= trials; coefficient *= (double)(trials - successes) / (successes + 1), successes++)
        {
            double expected = coefficient * Math.Pow(probability, successes) * Math.Pow(1 - probability, trials - successes);
            ((double)drawn.Count(count => count == successes) / Draws)
                .ShouldBe(expected, 4.5 * Math.Sqrt(expected / Draws) + 2.0 / Draws, $"{successes} of {trials}");
        }
    }

    // That a difference of 1 % in the scale would be seen.
    [Fact]
    public void A_percent_too_wide_is_seen() =>
        Probability(Many(static (ref random) => 1.01 * random.NextExponential()), x => 1 - Math.Exp(-x)).ShouldBeLessThan(1e-3);

    private delegate T DrawOne<T>(ref CounterRandom random);

    private static T[] Many<T>(DrawOne<T> draw, int count = Draws)
    {
        var random = new CounterRandom(CounterRandom.Key(3, "draws"), 0);
        var drawn = new T[count];
        for (int i = 0; i < count; i++) drawn[i] = draw(ref random);
        return drawn;
    }

    private static double Turn(double sine, double cosine) => 0.5 + Math.Atan2(sine, cosine) / (2 * Math.PI);

    private static double Share(double[] drawn, Func<double, bool> test) => (double)drawn.Count(test) / drawn.Length;

    private static double Correlation(double[] drawn) => Enumerable.Range(1, drawn.Length - 1).Average(i => drawn[i - 1] * drawn[i]);

    private static double Probability(double[] drawn, Func<double, double> cumulative)
    {
        Array.Sort(drawn);
        double distance = 0;
        for (int i = 0; i < drawn.Length; i++)
        {
            double expected = cumulative(drawn[i]);
            distance = Math.Max(distance, Math.Max(expected - (double)i / drawn.Length, (double)(i + 1) / drawn.Length - expected));
        }
        return KolmogorovSmirnov.Probability(distance * Math.Sqrt(drawn.Length));
    }
}
