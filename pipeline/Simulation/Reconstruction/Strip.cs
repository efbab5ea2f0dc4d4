using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>
/// Photons and electrons taken together as a neutral pion; <see cref="Members"/> are bits of places in the builder's list.
/// </summary>
internal readonly record struct Strip(LorentzVector P, double Pt, double Eta, double Phi, ulong Members);
