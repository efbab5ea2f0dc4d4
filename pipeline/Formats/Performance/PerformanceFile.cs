using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>performance.json.</summary>
public sealed record PerformanceFile(Performance Performance) : IProduct<PerformanceFile>
{
    /// <inheritdoc/>
    public static PerformanceFile Read(ProductInput from) => new(Json.Read<Performance>(from));

    /// <inheritdoc/>
    public static void Write(ProductOutput to, PerformanceFile value) => Json.Write(to, value.Performance);
}
