using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>The hard objects of an event with all their decay products; memory is reused.</summary>
internal sealed class GeneratedEvent
{
    private readonly HardScattering _scattering = new();

    public GrowingList<GenParticle> Particles { get; } = new();

    public GrowingList<GeneratedObject> Objects { get; } = new();

    public double Weight => _scattering.Weight;

    /// <summary>Draws the hard scattering of a process and lets all of it decay at that point.</summary>
    public void Draw(ref CounterRandom random, DrawScattering draw, Vector3 origin)
    {
        _scattering.Clear();
        Particles.Clear();
        Objects.Clear();
        draw(ref random, _scattering);
        foreach (HardObject hard in _scattering.Objects) Add(ref random, hard, origin);
    }

    public ReadOnlySpan<GenParticle> Of(in GeneratedObject generated) => Particles.Items[generated.FirstParticle..generated.EndParticle];

    /// <summary>Whether a jet is so near to a visible lepton that its candidate would be the lepton's.</summary>
    public bool IsShadowed(in GeneratedObject jet)
    {
        foreach (ref readonly GeneratedObject other in (ReadOnlySpan<GeneratedObject>)Objects.Items)
            if (other.IsLepton && other.Visible.Pt > 5 && jet.Around(0.5).Contains(other.Visible.Eta, other.Visible.Phi)) return true;
        return false;
    }

    private void Add(ref CounterRandom random, HardObject hard, Vector3 origin)
    {
        var generated = new GeneratedObject { Hard = hard, FirstParticle = Particles.Count, Visible = hard.P };
        switch (hard.Kind)
        {
            case ObjectKind.Jet:
                Fragmentation.Fragment(ref random, hard, origin, Particles);
                break;
            case ObjectKind.Tau:
                (generated.DecayMode, _) = TauDecay.Decay(ref random, hard.P, hard.Charge, origin, Particles);
                generated.Visible = VisibleFrom(generated.FirstParticle);
                break;
            default:
                ParticleKind kind = hard.Kind == ObjectKind.Electron ? ParticleKind.Electron : ParticleKind.Muon;
                Particles.Add(GenParticle.Of(kind, hard.Charge, hard.P, origin));
                break;
        }
        generated.EndParticle = Particles.Count;
        Objects.Add(generated);
    }

    private LorentzVector VisibleFrom(int first)
    {
        LorentzVector sum = default;
        foreach (ref readonly GenParticle particle in (ReadOnlySpan<GenParticle>)Particles.From(first))
            if (particle.Kind != ParticleKind.Neutrino) sum += particle.P4;
        return sum;
    }
}
