using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>The vertices of one bunch crossing and its pile-up density (fast-simulation.md, Event).</summary>
internal sealed class Collision
{
    private const double BeamSpread = 3.5, TimeSpread = 0.18, BeamWidth = 0.0010;   // cm, ns, cm; the width is (c)
    public const double ResolutionXY = 15e-4, ResolutionZ = 25e-4;

    private readonly GrowingList<double> _pileUpZ = new();

    /// <summary>Where the hard scattering was.</summary>
    public Vector3 True { get; private set; }

    /// <summary>Where it is reconstructed.</summary>
    public Vector3 Vertex { get; private set; }

    /// <summary>When it was, ns.</summary>
    public double Time { get; private set; }

    public static double TimeError => TimeSpread;

    public double Chi2 { get; private set; }

    public double Ndof { get; private set; }

    /// <summary>Density of pile-up transverse momentum, GeV per unit area.</summary>
    public double Rho { get; private set; }

    /// <summary>The pile-up vertices along the beam.</summary>
    public ReadOnlySpan<double> PileUpZ => _pileUpZ.Items;

    /// <summary>Vertices that a vertex finder would separate, the hard one included; it merges about a quarter (c).</summary>
    public int ReconstructedVertices { get; private set; }

    public void Draw(ref CounterRandom random, double pileUpMean)
    {
        True = new(BeamWidth * random.NextNormal(), BeamWidth * random.NextNormal(), BeamSpread * random.NextNormal());
        Vertex =
            True + new Vector3(ResolutionXY * random.NextNormal(), ResolutionXY * random.NextNormal(), ResolutionZ * random.NextNormal());
        Time = TimeSpread * random.NextNormal();
        Ndof = 2 * (4 + random.NextPoisson(30)) - 3;
        Chi2 = 2 * random.NextGamma(Ndof / 2);
        _pileUpZ.Clear();
        int pileUp = pileUpMean > 0 ? random.NextPoisson(pileUpMean) : 0;
        for (int i = 0; i < pileUp; i++) _pileUpZ.Add(BeamSpread * random.NextNormal());
        ReconstructedVertices = 1 + random.NextBinomial(pileUp, 0.75);
        Rho = PileUp.Density(ref random, pileUp);
    }
}
