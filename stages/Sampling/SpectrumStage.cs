using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Counts candidates over tau type, decay mode, |eta| and pt, for each dataset and part of the split that is mixed, and how many of each
/// region every file has. Where the campaign names a ROOT file of histograms for a dataset, its spectrum is what they say.
/// </summary>
public sealed class SpectrumStage(SplitShards split, SplitSettings parts, SpectrumSettings settings) : IStage
{
    internal static readonly string[] Columns =
        [CandidateColumns.Type, CandidateColumns.Pt, CandidateColumns.Eta, CandidateColumns.DecayMode];

    /// <inheritdoc/>
    public string Name => "Spectrum";

    /// <inheritdoc/>
    public string Summary => "Candidates over tau type, decay mode, |eta| and pt, by dataset and part";

    /// <summary>The spectrum of one dataset in one part.</summary>
    public static Artifact<SpectrumFile> Of(string part, string dataset) => new($"spectrum/{part}/{dataset}.json");

    /// <summary>Those of the train rows of a training.</summary>
    public IReadOnlyList<Artifact<SpectrumFile>> Train(Training training) =>
        [.. from part in training.Train from shards in split.Part(part).GroupBy(shard => shard.Dataset.Name) select Of(part, shards.Key)];

    /// <summary>The rows of each region by file, of one dataset in one part.</summary>
    public static Artifact<RegionCountsFile> Regions(string part, string dataset) => new($"spectrum/{part}/{dataset}.regions.json");

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. from part in parts.MixedParts
           from shards in split.Part(part).GroupBy(shard => shard.Dataset.Name)
           select settings.Histograms.GetValueOrDefault(shards.Key) is { } histograms
               ? Import(part, shards.Key, histograms)
               : Count(part, shards.Key, [.. shards]),
    ];

    private Step Count(string part, string dataset, IReadOnlyList<PartShard> shards) => new()
    {
        Stage = Name,
        Key = $"{part}/{dataset}",
        Reads = [.. shards.Select(shard => new StepInput("tuple", shard.Shard, Columns))],
        Writes = [Of(part, dataset), Regions(part, dataset)],
        Settings = settings.Used.And("files", shards.Select(shard => shard.Entry)),
        Work = run => Fill(run, shards, (Of(part, dataset), Regions(part, dataset))),
    };

    private Step Import(string part, string dataset, Artifact histograms) => new()
    {
        Stage = Name,
        Key = $"{part}/{dataset}",
        Reads = [new StepInput("histograms", histograms)],
        Writes = [Of(part, dataset)],
        Settings = settings.Used,
        Work = run =>
        {
            using RootSpectrum file = run.Stream<RootSpectrum>(histograms);
            run.Write(Of(part, dataset), new SpectrumFile(file.Read(settings.Classes.All).In(settings.AbsEta, settings.Pt)));
        },
    };

    private void Fill(
        StepRun run, IReadOnlyList<PartShard> shards, (Artifact<SpectrumFile> Spectrum, Artifact<RegionCountsFile> Regions) output)
    {
        Spectrum whole = settings.Empty();
        var regions = new RegionCountsFile();
        foreach (PartShard shard in shards)
        {
            Spectrum spectrum = settings.Empty();
            foreach (Batch batch in new ShardSequence(run, [shard.Shard]).Batches()) spectrum.Fill(batch);
            regions.Add(shard.Entry, spectrum);
            whole.Add(spectrum);
        }
        run.Write(output.Spectrum, new SpectrumFile(whole));
        run.Write(output.Regions, regions);
    }
}
