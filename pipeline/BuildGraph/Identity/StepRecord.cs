using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// What a column of a product contained. A campaign of a thousand files has a hundred thousand of these and a hundred names among them:
/// a name is kept once.
/// </summary>
internal readonly record struct ColumnContent(string Name, ContentHash Hash)
{
    /// <summary>The column's name.</summary>
    public string Name { get; } = string.Intern(Name);
}

/// <summary>An output as the step that made it left it.</summary>
internal sealed record OutputRecord(string Path, ArtifactKind Kind, long Size, ContentHash Hash, IReadOnlyList<ColumnContent> Columns)
{
    /// <summary>Whether nobody who reads it could tell the two apart.</summary>
    public bool IsSameAs(OutputRecord? other) =>
        other is not null && Path == other.Path && Hash == other.Hash && Columns.SequenceEqual(other.Columns);
}

/// <summary>What a step last saw and made.</summary>
internal sealed record StepRecord(string Id, Fingerprint Fingerprint, IReadOnlyList<OutputRecord> Outputs, TimeSpan Duration)
{
    /// <summary>Whether this run took the outputs from the run cache; not remembered.</summary>
    public bool IsRestored { get; init; }

    /// <summary>The output at that logical path, or <see langword="null"/>.</summary>
    public OutputRecord? Output(string path) => Outputs.FirstOrDefault(output => output.Path == path);

    /// <summary>Whether every output is the same as in <paramref name="older"/>.</summary>
    public bool MadeTheSameAs(StepRecord? older) =>
        older is not null && Outputs.Count == older.Outputs.Count && Outputs.All(output => output.IsSameAs(older.Output(output.Path)));
}
