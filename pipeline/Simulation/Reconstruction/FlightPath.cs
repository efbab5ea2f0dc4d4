using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>The secondary vertex of three prongs and the flight towards it; cm (fast-simulation.md, Reconstruction).</summary>
/// <param name="Exists">Whether there are three prongs to fit.</param>
/// <param name="Flight">From primary to secondary vertex; zero where there is none, as the reconstruction leaves it.</param>
/// <param name="Significance">Signed length over its resolution.</param>
/// <param name="AngleDifference">Gottfried-Jackson angle minus the largest allowed; absent where either is undefined.</param>
internal readonly record struct FlightPath(bool Exists, Vector3 Flight, double Significance, double? AngleDifference)
{
    private const double Resolution = 20e-4, ReconstructedTauMass = 1.77682;   // the mass of data-preparation.md 2.1

    public static FlightPath Of(ref CounterRandom random, ReadOnlySpan<PfCandidate> candidates, in TauCandidate tau)
    {
        if (tau.DecayMode < 10) return default;
        Vector3 direction = 1 / tau.P.P * tau.P.Momentum, origin = default;
        double squaredAngles = 0;
        foreach (ref readonly PfCandidate prong in candidates)
        {
            if (prong.Role != TauRole.Prong) continue;
            Vector3 momentum = prong.P4.Momentum;
            double along = momentum.Dot(direction) / momentum.Length;
            squaredAngles += Math.Max(0, 1 - along * along);
            origin += 1.0 / 3 * prong.Origin;
        }
        double resolution = Resolution / Math.Sqrt(Math.Max(squaredAngles, 1e-8));
        var noise = new Vector3(Resolution * random.NextNormal(), Resolution * random.NextNormal(), Resolution * random.NextNormal());
        Vector3 flight = origin + (noise - noise.Dot(direction) * direction) + resolution * random.NextNormal() * direction;
        return new(true, flight, flight.Dot(direction) / resolution, Difference(flight, tau));
    }

    private static double? Difference(Vector3 flight, in TauCandidate tau)
    {
        double p = tau.P.P, cosine = tau.P.Momentum.Dot(flight) / (p * flight.Length);
        double sine = (ReconstructedTauMass * ReconstructedTauMass - tau.Mass * tau.Mass) / (2 * ReconstructedTauMass * p);
        return Math.Abs(cosine) <= 1 && Math.Abs(sine) <= 1 ? Math.Acos(cosine) - Math.Asin(sine) : null;
    }
}
