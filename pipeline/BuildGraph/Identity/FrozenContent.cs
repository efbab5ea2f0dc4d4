namespace TauPipeline.BuildGraph;

/// <summary>An <see cref="InputContent"/> as texts: the hash of the whole, or of each column (none where a column is absent).</summary>
internal sealed record FrozenContent(string? Whole, IReadOnlyDictionary<string, string?> Columns);
