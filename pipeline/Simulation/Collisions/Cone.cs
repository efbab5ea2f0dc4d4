using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>A disc in the (eta, phi) plane around a candidate.</summary>
internal readonly record struct Cone(double Eta, double Phi, double Radius)
{
    public double Area => Math.PI * Radius * Radius;

    public bool Contains(double eta, double phi) => Angles.DeltaR2(Eta, Phi, eta, phi) < Radius * Radius;

    /// <summary>A direction uniform over the disc.</summary>
    public (double Eta, double Phi) Inside(ref CounterRandom random)
    {
        (double x, double y) = random.NextInDisc();
        return (Eta + Radius * x, Angles.Wrap(Phi + Radius * y));
    }
}
