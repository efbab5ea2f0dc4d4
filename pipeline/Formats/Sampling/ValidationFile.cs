using TauPipeline.BuildGraph;
using TauPipeline.Physics;

namespace TauPipeline.Formats;

/// <summary>The numbers of the gate before training.</summary>
/// <param name="Leaks">Events in two parts.</param>
/// <param name="Tests">Comparisons of chunks of the mixed train rows.</param>
/// <param name="Worst">The counts behind the smallest p-values.</param>
/// <param name="Alpha">The family-wise probability of a false alarm that was allowed.</param>
public sealed record ValidationFile(
    IReadOnlyList<Leak> Leaks, IReadOnlyList<ChunkTest> Tests, IReadOnlyList<ChunkHistogram> Worst, double Alpha) : IProduct<ValidationFile>
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
