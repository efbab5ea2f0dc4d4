using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Datasets whose spectra are added up, for the classes that are taken of them.</summary>
/// <param name="Kind"><c>groups</c> (of ShuffleMerge) or <c>processes</c> (of Balance).</param>
/// <param name="Name">Its name.</param>
/// <param name="Datasets">Its datasets.</param>
/// <param name="Types">Its classes.</param>
public sealed record SpectrumPool(string Kind, string Name, IReadOnlyList<string> Datasets, IReadOnlyList<TauClass> Types);
