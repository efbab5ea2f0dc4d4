namespace TauPipeline.Physics;

/// <summary>A named group of datasets that is mixed with others.</summary>
/// <param name="Name">The group's name; random decisions depend on it.</param>
/// <param name="Spectrum">Its candidates of the wanted types; its entries, in range or not, are the group's weight M in draws.</param>
public sealed record MixGroup(string Name, Spectrum Spectrum);
