using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Transverse momentum of a particle to its jet's axis.</summary>
internal static class Spread
{
    private const double SoftWidth = 0.4, HardProbability = 0.3, HardFraction = 0.25, MaxDistance = 0.6;

    /// <summary>
    /// Rayleigh(0.4) with a hard part in 30 %; particles beyond 0.6 are drawn again, by inversion where it would take long.
    /// </summary>
    public static double Distance(ref CounterRandom random, double pt)
    {
        double most = MaxDistance * pt;
        double reach = 1 - Math.Exp(-most * most / (2 * SoftWidth * SoftWidth));
        while (true)
        {
            double square = -2 * SoftWidth * SoftWidth * Math.Log(1 - reach * random.NextUnit());
            if (HardFraction * pt > SoftWidth && random.NextBelow(HardProbability))
            {
                double hard = random.NextLogBetween(SoftWidth, HardFraction * pt);
                square += hard * hard;
            }
            if (square <= most * most) return Math.Sqrt(square) / pt;
        }
    }

    /// <summary>A direction at that distance from the axis.</summary>
    public static (double Eta, double Phi) Around(ref CounterRandom random, Axis axis, double distance)
    {
        (double sine, double cosine) = random.NextDirection();
        return (axis.Eta + distance * cosine, Angles.Wrap(axis.Phi + distance * sine));
    }
}
