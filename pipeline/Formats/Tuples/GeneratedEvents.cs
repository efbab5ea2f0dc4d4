using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>The events that were generated for a raw file, with a candidate or not: what its rows are normalised by.</summary>
/// <param name="Events">Their number.</param>
/// <param name="SumOfWeights">The sum of their generator weights.</param>
/// <param name="From">Where that is known from, in words: a table of the file, or the events seen in it.</param>
public sealed record GeneratedEvents(long Events, double SumOfWeights, string From) : IProduct<GeneratedEvents>
{
    /// <inheritdoc/>
    public static GeneratedEvents Read(ProductInput from) => Json.Read<GeneratedEvents>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, GeneratedEvents value) => Json.Write(to, value);
}
