using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>The rows of each component that resampling draws from, and what is to come out.</summary>
public sealed record ResampleCountsFile(IReadOnlyList<ComponentCounts> Components) : IProduct<ResampleCountsFile>
{
    /// <inheritdoc/>
    public static ResampleCountsFile Read(ProductInput from) => Json.Read<ResampleCountsFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, ResampleCountsFile value) => Json.Write(to, value);
}

/// <summary>One component.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Rows of its classes in its datasets, in its region or not.</param>
/// <param name="Classes">The rows of each class in its region.</param>
public sealed record ComponentCounts(string Name, long Rows, IReadOnlyList<ClassCounts> Classes);

/// <summary>One class of a component.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Rows">Its rows in the region.</param>
/// <param name="Outside">Those in no cell.</param>
/// <param name="Cells">The others by cell, the last variable innermost.</param>
public sealed record ClassCounts(string Class, long Rows, long Outside, IReadOnlyList<long> Cells);

/// <summary>What came out of resampling, class by class.</summary>
public sealed record ResampledFile(IReadOnlyList<ResampledRows> Classes) : IProduct<ResampledFile>
{
    /// <inheritdoc/>
    public static ResampledFile Read(ProductInput from) => Json.Read<ResampledFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, ResampledFile value) => Json.Write(to, value);
}

/// <summary>One class of a component: rows there were, rows drawn from, rows written, different ones among them.</summary>
/// <param name="Component">The component.</param>
/// <param name="Class">The class.</param>
/// <param name="Available">Its rows.</param>
/// <param name="Used">Rows that were drawn from.</param>
/// <param name="Written">Rows that came out.</param>
/// <param name="Unique">Different rows among them.</param>
/// <param name="UpsamplingRatio">Written over unique.</param>
/// <param name="MostCopies">How often the row came out that did most often.</param>
public sealed record ResampledRows(
    string Component, string Class, long Available, long Used, long Written, long Unique, double UpsamplingRatio, int MostCopies);
