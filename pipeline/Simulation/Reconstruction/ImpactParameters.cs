using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Impact parameters of a tau's hardest track; cm.</summary>
internal readonly record struct ImpactParameters(
    Vector3 ClosestPoint,
    double Dxy,
    double DxyError,
    double Dz,
    double DzError,
    double Ip3d,
    double Ip3dError)
{
    /// <summary>In three dimensions the sign tells whether the closest point lies ahead of the vertex or behind it.</summary>
    public static ImpactParameters Of(in PfCandidate lead, in TauCandidate tau, Vector3 vertex)
    {
        (double sine, double cosine) = Math.SinCos(lead.Phi);
        double sinTheta = 1 / Math.Cosh(lead.Eta), across = lead.Dz * sinTheta, acrossError = lead.DzError * sinTheta;
        var displacement = new Vector3(-lead.Dxy * sine, lead.Dxy * cosine, lead.Dz);
        double distance = Math.Sqrt(lead.Dxy * lead.Dxy + across * across);
        double error =
            Math.Sqrt(lead.Dxy * lead.Dxy * lead.DxyError * lead.DxyError + across * across * acrossError * acrossError)
            / Math.Max(distance, 1e-9);
        double ip3d = Math.CopySign(distance, displacement.Dot(tau.P.Momentum));
        return new(vertex + displacement, lead.Dxy, lead.DxyError, lead.Dz, lead.DzError, ip3d, error);
    }
}
