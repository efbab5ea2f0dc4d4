using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Counts candidates over tau type, |eta| and pt, for each dataset and part of the split that is mixed.</summary>
public sealed class SpectrumStage(SplitShards split, SplitSettings parts, SpectrumSettings settings) : IStage
{
    private static readonly string[] Columns = [CandidateColumns.Type, CandidateColumns.Pt, CandidateColumns.Eta];

    /// <inheritdoc/>
    public string Name => "Spectrum";

    /// <inheritdoc/>
    public string Summary => "Candidates over tau type, |eta| and pt, by dataset and part";

    /// <summary>The spectrum of one dataset in one part.</summary>
    public static Artifact<SpectrumFile> Of(string part, string dataset) => new($"spectrum/{part}/{dataset}.json");

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. from part in parts.MixedParts
           from shards in split.Part(part).GroupBy(shard => shard.Dataset.Name)
           select new Step
           {
               Stage = Name,
               Key = $"{part}/{shards.Key}",
               Reads = [.. shards.Select(shard => new StepInput("tuple", shard.Shard, Columns))],
               Writes = [Of(part, shards.Key)],
               Settings = settings.Used,
               Work = run => Fill(run, [.. shards], Of(part, shards.Key)),
           },
    ];

    private void Fill(StepRun run, IReadOnlyList<PartShard> shards, Artifact<SpectrumFile> output)
    {
        Spectrum spectrum = settings.Empty();
        foreach (Batch batch in new ShardSequence(run, [.. shards.Select(shard => shard.Shard)]).Batches()) spectrum.Fill(batch);
        run.Write(output, new SpectrumFile(spectrum));
    }
}
