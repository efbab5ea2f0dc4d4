namespace TauPipeline.Hdf5IO;

/// <summary>A group or dataset as a listing shows it.</summary>
/// <param name="Path">Path in the file.</param>
/// <param name="Kind"><c>group</c>, <c>dataset</c>, <c>type</c> or <c>broken link</c>.</param>
public sealed record Hdf5Object(string Path, string Kind)
{
    /// <summary>Length of each axis of a dataset.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];

    /// <summary>Element type of a dataset.</summary>
    public Hdf5Type? Type { get; init; }

    /// <summary>Length of a chunk along each axis; empty if not chunked.</summary>
    public IReadOnlyList<long> Chunk { get; init; } = [];

    /// <summary>Filters of a dataset.</summary>
    public IReadOnlyList<Hdf5Filter> Filters { get; init; } = [];

    /// <summary>Name and value of each attribute, as text, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Attributes { get; init; } = [];
}
