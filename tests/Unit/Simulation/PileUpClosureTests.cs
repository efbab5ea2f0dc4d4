using Shouldly;
using TauPipeline.Simulation;
using Xunit;

namespace TauPipeline.Tests.Unit.Simulation;

// Closure test 6 of fast-simulation.md.
public class PileUpClosureTests
{
    [Fact]
    public void Without_pile_up_genuine_taus_have_little_neutral_isolation() =>
        Selected(0, 3500).Average(row => row.Neutral).ShouldBeLessThan(1.5);

    // Samples of different pile-up, so that the noise of rho within a sample does not flatten the slope.
    [Fact]
    public void Neutral_isolation_grows_linearly_and_the_correction_follows()
    {
        (double Rho, double Neutral, double Correction)[] means = [.. new double[] { 10, 30, 50 }.Select(Means)];

        double first = Slope(means[0].Neutral, means[1].Neutral, 0), second = Slope(means[1].Neutral, means[2].Neutral, 1);
        first.ShouldBeGreaterThan(0);
        (second / first).ShouldBe(1, 0.35);
        ((means[2].Correction - means[0].Correction) / (means[2].Neutral - means[0].Neutral)).ShouldBeInRange(0.80, 1.10);

        double Slope(double low, double high, int from) => (high - low) / (means[from + 1].Rho - means[from].Rho);
    }

    [Fact]
    public void Rho_is_the_density_of_the_events_pile_up() =>
        (Means(35).Rho / 35).ShouldBe(0.59, 0.01);

    private static (double Rho, double Neutral, double Correction) Means(double pileUp)
    {
        List<SimulatedRow> taus = Selected(pileUp, 3000);
        return (taus.Average(row => row.Rho), taus.Average(row => row.Neutral), taus.Average(row => row.PileUp));
    }

    private static List<SimulatedRow> Selected(double pileUp, int events) =>
        [
            .. SimulatedRow.Of(
                    "GluGluHToTauTau_M125",
                    events,
                    new SimulationSettings
                    {
                        PileUpMean = pileUp,
                        UnmatchedFraction = 0,
                        WithLostTaus = false,
                    })
            .Where(row => row.IsAcceptedTau && row.IsSelected)];
}
