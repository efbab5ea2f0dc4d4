namespace TauPipeline.BuildGraph;

/// <summary>
/// An <see cref="InputContent"/> as texts: the hash of the whole and what its writer stated of each column, or only of each column that
/// counts (none where it is absent).
/// </summary>
internal sealed record FrozenContent(string? Whole, IReadOnlyDictionary<string, string?> Columns);
