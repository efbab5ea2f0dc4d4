using TauPipeline.BuildGraph;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>What the campaign's way of mixing gives, whichever it is: the rows to train on and to stop by, and what they are.</summary>
/// <param name="Folder">Where they stand: <c>shuffle_merge</c>, <c>resample</c>, <c>reweight</c>, <c>balance</c>.</param>
/// <param name="Count">Shards of each sample.</param>
public sealed record MixedShards(string Folder, int Count)
{
    /// <summary>Whether rows were given weights, by tables.</summary>
    public bool HasTables { get; init; }

    /// <summary>These tables, or <see langword="null"/>.</summary>
    public Artifact<WeightTablesFile>? Tables(Training training) => HasTables ? new(training.Path(Folder, "tables.json")) : null;

    /// <summary>The shards of one sample (train or validation) of a training.</summary>
    public IReadOnlyList<Artifact> Of(Training training, string sample) => Count == 1
        ? [Artifact.Product(training.Path(Folder, $"{sample}.h5"))]
        : [.. Enumerable.Range(0, Count).Select(job => Artifact.Product(training.Path(Folder, $"{sample}_{job:D4}.h5")))];

    /// <summary>What mixing is expected to give of the train rows, and whether a network can be trained on them.</summary>
    public Artifact<YieldFile> Yields(Training training) => new(training.Path(Folder, $"{SplitSettings.Train}.yields.json"));
}
