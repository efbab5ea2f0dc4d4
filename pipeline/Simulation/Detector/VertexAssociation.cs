namespace TauPipeline.Simulation;

/// <summary>Which vertex a candidate belongs to, and the PUPPI weight that follows (fast-simulation.md, Event).</summary>
internal static class VertexAssociation
{
    private const double InFit = 0.1, Near = 0.03;

    /// <summary>
    /// Codes of data-preparation.md 2.5: fromPV 0 none to 3 used in the fit; quality 7 fit, 6 loose fit, 4 or 1 by distance.
    /// A track of pile-up that is close to the hard vertex by chance is taken for one of its own.
    /// </summary>
    public static void Associate(ref PfCandidate track, bool isPileUp)
    {
        double dz = Math.Abs(track.Dz);
        bool isClose = dz < (isPileUp ? Near : InFit) + 3 * track.DzError;
        track.FromPV = isClose ? isPileUp && dz > Near ? 2 : 3 : isPileUp ? 0 : 1;
        track.PvQuality = isClose || isPileUp ? track.Pt > 0.8 ? 7 : 6 : dz < 0.3 ? 4 : 1;
        track.PuppiWeight = track.FromPV >= 2 ? 1 : 0;
    }

    public static void Neutral(ref PfCandidate candidate)
    {
        candidate.FromPV = 3;
        candidate.PvQuality = 0;
    }
}
