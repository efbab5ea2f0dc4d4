using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>What the detector and the reconstruction make of one hard object and all that is around it.</summary>
internal sealed class CandidateView(SimulationSettings settings)
{
    private const double Radius = 0.6, MinVisiblePt = 10, MaxAbsEta = 2.6;

    private readonly GrowingList<GenParticle> _around = new();
    private readonly Response _response = new(settings.ImpactResolution);
    private readonly TauReconstruction _reconstruction = new();

    public ParticleFlow Flow { get; } = new();

    /// <summary>Whether an object is worth the detector at all.</summary>
    public static bool IsInReach(in GeneratedObject generated) =>
        generated.Visible.Pt > MinVisiblePt && Math.Abs(generated.Visible.Eta) < MaxAbsEta;

    /// <summary>Simulates the cone of 0.6 around the object; says whether it holds a tau candidate.</summary>
    public bool TryFind(
        ref CounterRandom random,
        in GeneratedObject generated,
        GeneratedEvent hard,
        Collision collision,
        out TauCandidate tau)
    {
        Cone cone = generated.Around(Radius);
        _around.Clear();
        foreach (ref readonly GenParticle particle in (ReadOnlySpan<GenParticle>)hard.Particles.Items)
            if (cone.Contains(particle.Eta, particle.Phi)) _around.Add(particle);
        UnderlyingEvent.Add(ref random, cone, collision.True, _around);
        PileUp.Add(ref random, cone, collision, _around);
        _response.Measure(ref random, _around.Items, collision, Flow);
        return _reconstruction.TryFind(Flow.Candidates.Items, cone, out tau);
    }

    /// <summary>Completes the surroundings of an object that is written, found or lost.</summary>
    public void Weigh(ref CounterRandom random) => _response.Weigh(ref random, Flow);

    /// <summary>All that is reconstructed of the tau that was found.</summary>
    public void Describe(ref CounterRandom random, in TauCandidate tau, int index, Collision collision, TauColumns columns)
    {
        Span<PfCandidate> candidates = Flow.Candidates.Items;
        IsolationSums isolation = IsolationSums.Of(candidates, tau, settings.IsolationScale);
        ImpactParameters impact = ImpactParameters.Of(candidates[tau.Lead], tau, collision.Vertex);
        CaloShape calo = CaloShape.Of(candidates, tau, collision.Vertex.Z);
        columns.AddKinematics(tau, index);
        columns.Add(isolation);
        columns.Add(impact);
        columns.Add(FlightPath.Of(ref random, candidates, tau), collision.Vertex);
        columns.Add(calo, candidates[tau.Lead]);
        columns.Scores.Add(StandInScores.Of(Flow, tau, isolation, impact, calo));
    }
}
