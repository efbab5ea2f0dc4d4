using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>A hard object after decay or fragmentation: its place among the event's particles, and what is true of it.</summary>
internal struct GeneratedObject
{
    public HardObject Hard;
    public TauDecayMode? DecayMode;
    public int FirstParticle, EndParticle;

    /// <summary>Momentum of all that can be seen; of a jet the parton's.</summary>
    public LorentzVector Visible;

    public readonly bool IsLepton => Hard.Kind != ObjectKind.Jet;

    public readonly bool IsHadronicTau => DecayMode is { IsHadronic: true };

    public readonly GenLepton Lepton => new(GenLepton.KindOf(Hard.Kind, DecayMode), Hard.Charge, Visible);

    public readonly Cone Around(double radius) => new(Visible.Eta, Visible.Phi, radius);
}
