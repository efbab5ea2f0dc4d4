using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Two jets back to back, flat in log pt, with the weight that makes the spectrum fall.</summary>
internal static class Dijets
{
    private const double MinPt = 15, MaxPt = 1000;

    public static void Qcd(ref CounterRandom random, HardScattering scattering)
    {
        double pt = random.NextLogBetween(MinPt, MaxPt), phi = random.NextAzimuth();
        scattering.Weight = Math.Pow(pt / MinPt, -3.5);
        scattering.Objects.Add(Partons.Jet(ref random, Draw(ref random, pt), pt, phi));
        scattering.Objects.Add(Partons.Jet(ref random, Draw(ref random, pt), pt, Angles.Wrap(phi + Math.PI + 0.1 * random.NextNormal())));
    }

    /// <summary>70 % gluons at 20 falling to 40 % at 500, linear in log pt; 5 % heavy flavour, more charm than bottom (c).</summary>
    public static Flavour Draw(ref CounterRandom random, double pt)
    {
        if (random.NextBelow(0.05)) return random.NextBelow(0.6) ? Flavour.Charm : Flavour.Bottom;
        double gluons = 0.70 - 0.30 * Math.Clamp(Math.Log(pt / 20) / Math.Log(500.0 / 20), 0, 1);
        return random.NextBelow(gluons) ? Flavour.Gluon : Flavour.Light;
    }
}
