using TauPipeline.BuildGraph;

namespace TauPipeline.Stages;

/// <summary>Shards by part of the split: the rows that Split sent there, or the scores that Apply gave them.</summary>
public sealed record SplitShards(IReadOnlyList<SplitFile> Files)
{
    /// <summary>The shards of one part.</summary>
    public IReadOnlyList<PartShard> Part(string part) =>
        [.. Files.Where(file => file.Parts.ContainsKey(part)).Select(file => new PartShard(file.Dataset, file.Entry, file.Parts[part]))];
}

/// <summary>The shards that one raw file became, by part.</summary>
public sealed record SplitFile(Dataset Dataset, string Entry, IReadOnlyDictionary<string, Artifact> Parts);

/// <summary>A shard of one part.</summary>
public sealed record PartShard(Dataset Dataset, string Entry, Artifact Shard);
