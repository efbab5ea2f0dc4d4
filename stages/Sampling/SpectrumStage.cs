using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Counts candidates over tau type, decay mode, |eta| and pt, for each file and part of the split that is mixed, and adds the counts up for
/// datasets, and for the groups or processes that are mixed; beside them, how many rows of each region every file has. Where the campaign
/// names ROOT files of histograms for a dataset, its spectrum is what they say.
/// </summary>
public sealed class SpectrumStage(SplitShards split, SplitSettings parts, SpectrumSettings settings) : IStage
{
    internal static readonly string[] Columns =
        [CandidateColumns.Type, CandidateColumns.Pt, CandidateColumns.Eta, CandidateColumns.DecayMode];

    /// <inheritdoc/>
    public string Name => "Spectrum";

    /// <inheritdoc/>
    public string Summary => "Candidates over tau type, decay mode, |eta| and pt, by file, dataset, group and part";

    /// <summary>The spectrum of one dataset in one part.</summary>
    public static Artifact<SpectrumFile> Of(string part, string dataset) => new($"spectrum/{part}/{dataset}.json");

    /// <summary>The spectrum of one file of a dataset in one part.</summary>
    public static Artifact<SpectrumFile> Of(string part, string dataset, string entry) => new($"spectrum/files/{part}/{dataset}/{entry}.json");

    /// <summary>The spectrum of the classes that a group of datasets, or a process, delivers in one part.</summary>
    public static Artifact<SpectrumFile> Of(string part, SpectrumPool pool) => new($"spectrum/{pool.Kind}/{part}/{pool.Name}.json");

    /// <summary>Those of the train rows of a training.</summary>
    public IReadOnlyList<Artifact<SpectrumFile>> Train(Training training) =>
        [.. from part in training.Train from shards in split.Part(part).GroupBy(shard => shard.Dataset.Name) select Of(part, shards.Key)];

    /// <summary>The rows of each region by file, of one dataset in one part.</summary>
    public static Artifact<RegionCountsFile> Regions(string part, string dataset) => new($"spectrum/{part}/{dataset}.regions.json");

    /// <summary>The same of a pool: its files are named <c>dataset/file</c>.</summary>
    public static Artifact<RegionCountsFile> Regions(string part, SpectrumPool pool) =>
        new($"spectrum/{pool.Kind}/{part}/{pool.Name}.regions.json");

    /// <summary>The rows of each region of all pools of a part.</summary>
    public static Artifact<RegionSummaryFile> Summaries(string part, string kind) => new($"spectrum/{kind}/{part}.summary.json");

    /// <summary>All spectra that are made: of files, datasets and pools.</summary>
    public IEnumerable<Artifact<SpectrumFile>> All =>
        from part in parts.MixedParts
        from one in Counted(part).Select(shard => Of(part, shard.Dataset.Name, shard.Entry))
            .Concat(split.Part(part).Select(shard => Of(part, shard.Dataset.Name)))
            .Concat(settings.Pools.Select(pool => Of(part, pool)))
            .DistinctBy(spectrum => spectrum.Path)
        select one;

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. parts.MixedParts.SelectMany(part => Counted(part).Select(shard => Count(part, shard))),
        .. from part in parts.MixedParts
           from shards in split.Part(part).GroupBy(shard => shard.Dataset.Name)
           select settings.Histograms.GetValueOrDefault(shards.Key) is { } histograms
               ? Import(part, shards.Key, histograms)
               : Sum(part, shards.Key, [.. shards.Select(shard => shard.Entry)]),
        .. settings.Pools.Count == 0 ? [] : parts.MixedParts.Select(Pool),
    ];

    private IEnumerable<PartShard> Counted(string part) =>
        split.Part(part).Where(shard => !settings.Histograms.ContainsKey(shard.Dataset.Name));

    private Step Count(string part, PartShard shard)
    {
        Artifact<SpectrumFile> counts = Of(part, shard.Dataset.Name, shard.Entry);
        return new Step
        {
            Stage = Name,
            Key = $"{part}/{shard.Dataset.Name}/{shard.Entry}",
            Reads = [new StepInput("tuple", shard.Shard, Columns)],
            Writes = [counts],
            Settings = settings.Used,
            Work = run => run.Write(counts, Fill(run, shard.Shard)),
        };
    }

    private SpectrumFile Fill(StepRun run, Artifact shard)
    {
        Spectrum spectrum = settings.Empty();
        foreach (Batch batch in new ShardSequence(run, [shard]).Batches()) spectrum.Fill(batch);
        return new SpectrumFile(spectrum);
    }

    private Step Sum(string part, string dataset, IReadOnlyList<string> entries) => new()
    {
        Stage = Name,
        Key = $"{part}/{dataset}",
        Reads = [.. entries.Select(entry => new StepInput("spectrum", Of(part, dataset, entry)))],
        Writes = [Of(part, dataset), Regions(part, dataset)],
        Settings = settings.Used.And("files", entries),
        Work = run => Write(run, (part, dataset), entries.Select(entry => (entry, run.Read(Of(part, dataset, entry)).Spectrum))),
    };

    private Step Import(string part, string dataset, IReadOnlyList<Artifact> histograms) => new()
    {
        Stage = Name,
        Key = $"{part}/{dataset}",
        Reads = [.. histograms.Select(file => new StepInput("histograms", file))],
        Writes = [Of(part, dataset), Regions(part, dataset)],
        Settings = settings.Used,
        Work = run =>
            Write(run, (part, dataset), histograms.Select(file => (Path.GetFileNameWithoutExtension(file.Path), Read(run, file)))),
    };

    private Spectrum Read(StepRun run, Artifact histograms)
    {
        using RootSpectrum file = run.Stream<RootSpectrum>(histograms);
        return file.Read(settings.Classes.All).In(settings.AbsEta, settings.Pt);
    }

    private void Write(StepRun run, (string Part, string Dataset) of, IEnumerable<(string Entry, Spectrum Spectrum)> files)
    {
        Spectrum whole = settings.Empty();
        var regions = new RegionCountsFile();
        foreach ((string entry, Spectrum spectrum) in files)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            regions.Add(entry, spectrum);
            whole.Add(spectrum);
        }
        run.Write(Of(of.Part, of.Dataset), new SpectrumFile(whole));
        run.Write(Regions(of.Part, of.Dataset), regions);
    }

    private Step Pool(string part)
    {
        string kind = settings.Pools[0].Kind;
        string[] Members(SpectrumPool pool) =>
            [.. pool.Datasets.Where(name => split.Part(part).Any(shard => shard.Dataset.Name == name))];
        return new Step
        {
            Stage = Name,
            Key = $"{kind}/{part}",
            Reads =
            [
                .. settings.Pools.SelectMany(Members).Distinct(StringComparer.Ordinal).SelectMany(name => new[]
                {
                    new StepInput("spectrum", Of(part, name)), new StepInput("regions", Regions(part, name)),
                }),
            ],
            Writes = [.. settings.Pools.SelectMany(pool => new Artifact[] { Of(part, pool), Regions(part, pool) }), Summaries(part, kind)],
            Settings = settings.Used.And(settings.PoolsUsed),
            Work = run =>
            {
                var summary = new RegionSummaryFile();
                foreach (SpectrumPool pool in settings.Pools) summary.Pools[pool.Name] = Add(run, part, pool, Members(pool));
                run.Write(Summaries(part, kind), summary);
            },
        };
    }

    private SortedDictionary<string, long> Add(StepRun run, string part, SpectrumPool pool, IEnumerable<string> members)
    {
        Spectrum sum = settings.Empty();
        var regions = new RegionCountsFile();
        foreach (string dataset in members)
        {
            sum.Add(run.Read(Of(part, dataset)).Spectrum.Only(pool.Types));
            regions.Add(dataset, run.Read(Regions(part, dataset)), pool.Types);
        }
        run.Write(Of(part, pool), new SpectrumFile(sum));
        run.Write(Regions(part, pool), regions);
        return new SortedDictionary<string, long>(regions.Summary.ToDictionary(), StringComparer.Ordinal);
    }
}
