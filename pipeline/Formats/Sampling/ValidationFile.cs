using TauPipeline.BuildGraph;
using TauPipeline.Physics;

namespace TauPipeline.Formats;

/// <summary>The numbers of the gate before training: events in two parts, and comparisons of chunks.</summary>
public sealed record ValidationFile(IReadOnlyList<Leak> Leaks, IReadOnlyList<ChunkTest> Tests, double Alpha) : IProduct<ValidationFile>
{
    /// <inheritdoc/>
    public static ValidationFile Read(ProductInput from) => Json.Read<ValidationFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, ValidationFile value) => Json.Write(to, value);
}

/// <summary>That the gate was passed: always the same bytes, so that a new number behind it makes nothing stale.</summary>
public sealed record PassedFile(bool Passed = true) : IProduct<PassedFile>
{
    /// <inheritdoc/>
    public static PassedFile Read(ProductInput from) => Json.Read<PassedFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, PassedFile value) => Json.Write(to, value);
}
