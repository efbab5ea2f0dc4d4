namespace TauPipeline.Stages;

/// <summary>A group of datasets with its shards.</summary>
public sealed record MixSource(MixGroupSettings Group, IReadOnlyList<PartShard> Shards);
