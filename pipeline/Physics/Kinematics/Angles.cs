using System.Runtime.CompilerServices;

namespace TauPipeline.Physics;

/// <summary>Differences of directions: pseudorapidity is a plain number, azimuth a number on a circle.</summary>
public static class Angles
{
    /// <summary>The angle brought into (-pi, pi].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Wrap(double angle) => angle is > -Math.PI and <= Math.PI ? angle : Turned(angle);

    /// <summary>deta² + wrap(dphi)²: cheaper than <see cref="DeltaR"/> where only a comparison is wanted.</summary>
    public static double DeltaR2(double eta1, double phi1, double eta2, double phi2)
    {
        double deta = eta1 - eta2, dphi = Wrap(phi1 - phi2);
        return deta * deta + dphi * dphi;
    }

    /// <summary>Distance in the (eta, phi) plane.</summary>
    public static double DeltaR(double eta1, double phi1, double eta2, double phi2) => Math.Sqrt(DeltaR2(eta1, phi1, eta2, phi2));

    private static double Turned(double angle)
    {
        double wrapped = Math.IEEERemainder(angle, 2 * Math.PI);
        return wrapped <= -Math.PI ? Math.PI : wrapped;
    }
}
