using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>Turns the particles around a candidate into what the detector sees of them (fast-simulation.md, Detector response).</summary>
internal sealed class Response(double impactResolution)
{
    private readonly GrowingList<GenParticle> _hardTracks = new();
    private readonly Puppi _puppi = new();

    public void Measure(ref CounterRandom random, ReadOnlySpan<GenParticle> particles, Collision collision, ParticleFlow flow)
    {
        flow.Clear();
        _hardTracks.Clear();
        foreach (ref readonly GenParticle particle in particles)
            if (Tracker.IsHard(particle)) _hardTracks.Add(particle);
        var tracker = new Tracker(collision, impactResolution);
        foreach (ref readonly GenParticle particle in particles) Measure(ref random, particle, tracker, flow);
        PhotonResponse.Merge(flow.Candidates);
    }

    /// <summary>What only isolation asks for: done where there is a candidate to isolate.</summary>
    public void Weigh(ref CounterRandom random, ParticleFlow flow) => _puppi.Weigh(ref random, flow.Candidates.Items);

    private void Measure(ref CounterRandom random, in GenParticle particle, Tracker tracker, ParticleFlow flow)
    {
        switch (particle.Kind)
        {
            case ParticleKind.ChargedHadron:
                HadronResponse.Charged(ref random, particle, Tracker.IsDense(particle, _hardTracks.Items), tracker, flow);
                break;
            case ParticleKind.NeutralHadron: HadronResponse.Neutral(ref random, particle, flow); break;
            case ParticleKind.Photon: PhotonResponse.Measure(ref random, particle, tracker, flow); break;
            case ParticleKind.Electron: ElectronResponse.Measure(ref random, particle, tracker, flow); break;
            case ParticleKind.Muon: MuonResponse.Measure(ref random, particle, tracker, flow); break;
            default: break;   // neutrinos leave nothing
        }
    }
}
