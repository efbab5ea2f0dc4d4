using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Tracks: efficiency, resolution, hits (fast-simulation.md, Detector response); degrades in dense cores.</summary>
internal readonly struct Tracker(Collision collision, double impactResolution)
{
    private const double Efficiency = 0.94, DenseEfficiency = 0.92, DenseDistance = 0.02, DensePt = 20, AngularResolution = 0.8e-3;
    public const double Acceptance = 2.5;

    // Four layers of pixels in the barrel and five outside, twelve of strips.
    private static readonly BinomialTable[] Pixels = [new(4, 0.95), new(5, 0.95)], DensePixels = [new(4, 0.85), new(5, 0.85)];
    private static readonly BinomialTable Strips = new(12, 0.9), DenseStrips = new(12, 0.8);

    /// <summary>Whether a hadron's track is found: nuclear interactions, and losses near another hard track.</summary>
    public static bool Finds(ref CounterRandom random, in GenParticle particle, bool isDense) =>
        Math.Abs(particle.Eta) < Acceptance && random.NextBelow(isDense ? Efficiency * DenseEfficiency : Efficiency);

    /// <summary>Whether another track of more than 20 GeV is within 0.02.</summary>
    public static bool IsDense(in GenParticle particle, ReadOnlySpan<GenParticle> hardTracks)
    {
        foreach (ref readonly GenParticle other in hardTracks)
        {
            double distance2 = Angles.DeltaR2(particle.Eta, particle.Phi, other.Eta, other.Phi);
            if (distance2 < DenseDistance * DenseDistance && distance2 > 0) return true;
        }
        return false;
    }

    public static bool IsHard(in GenParticle particle) => particle.IsTrack && particle.Pt > DensePt;

    /// <summary>0.8 % (+) 0.00015 pt.</summary>
    public static double RelativeResolution(double pt) => Math.Sqrt(0.008 * 0.008 + 0.00015 * pt * (0.00015 * pt));

    /// <summary>A candidate with a measured track.</summary>
    public PfCandidate Measure(ref CounterRandom random, in GenParticle particle, PfType type, bool isDense)
    {
        double pt = particle.Pt * Math.Max(0.1, 1 + RelativeResolution(particle.Pt) * random.NextNormal());
        double deta = AngularResolution * random.NextNormal(), dphi = AngularResolution * random.NextNormal();
        PfCandidate track = PfCandidate.Of(type, particle.Charge, pt, particle.Eta + deta, particle.Phi + dphi, particle.Mass);
        MeasureImpact(ref random, particle, deta, dphi, ref track);
        MeasureHits(ref random, ref track, isDense);
        return track;
    }

    // Straight lines: over a millimetre of flight the curvature of a track does not matter. The true direction is the measured one turned
    // back by milliradians, of which two terms of the series are right to a part in 10^8.
    private void MeasureImpact(ref CounterRandom random, in GenParticle particle, double deta, double dphi, ref PfCandidate track)
    {
        (double px, double py, double pz, double p) = (track.P4.Px, track.P4.Py, track.P4.Pz, track.P4.P);
        double cosine = (px + dphi * (py - 0.5 * dphi * px)) / track.Pt, sine = (py - dphi * (px + 0.5 * dphi * py)) / track.Pt;
        double slope = (pz - deta * (p - 0.5 * deta * pz)) / track.Pt;
        Vector3 fromVertex = particle.Vertex - collision.Vertex;
        track.Origin = particle.Vertex - collision.True;
        double along = fromVertex.X * cosine + fromVertex.Y * sine;
        track.DxyError = impactResolution * Quadrature(15e-4, 60e-4 / track.Pt);
        track.DzError = impactResolution * Quadrature(30e-4, 90e-4 / track.Pt);
        track.Dxy = fromVertex.Y * cosine - fromVertex.X * sine + track.DxyError * random.NextNormal();
        track.Dz = fromVertex.Z - along * slope + track.DzError * random.NextNormal();
    }

    private static void MeasureHits(ref CounterRandom random, ref PfCandidate track, bool isDense)
    {
        double lost = isDense ? 0.15 : 0.04, draw = random.NextDouble();
        track.LostInnerHits = draw > lost ? -1 : draw > 0.4 * lost ? 0 : draw > 0.1 * lost ? 1 : 2;
        track.PixelHits = Math.Max(1, (isDense ? DensePixels : Pixels)[Math.Abs(track.Eta) < 1.5 ? 0 : 1].Draw(ref random));
        track.Hits = track.PixelHits + (isDense ? DenseStrips : Strips).Draw(ref random);
        track.Ndof = 2 * track.Hits - 5;
        track.Chi2 = track.Ndof > 0 ? (isDense ? 1.5 : 1) * 2 * random.NextGamma(track.Ndof / 2) : 0;
    }

    private static double Quadrature(double a, double b) => Math.Sqrt(a * a + b * b);
}
