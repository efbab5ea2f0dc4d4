namespace TauPipeline.Learning;

/// <summary>What a network tells of a row beside its class: one of several values, as a decay mode.</summary>
/// <param name="Name">As the campaign calls it.</param>
/// <param name="Values">How many values there are.</param>
public sealed record OutputHead(string Name, int Values);
