using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Mixes the datasets of train and validation: groups drawn in proportion to their size, each type's spectrum flattened,
/// types in the wanted ratio (data-preparation 4.6). The yield table is a step of its own, known without reading a tuple.
/// </summary>
public sealed class ShuffleMergeStage(
    IReadOnlyList<Dataset> datasets,
    SplitShards split,
    SplitSettings parts,
    ShuffleMergeSettings settings) : IStage
{
    /// <inheritdoc/>
    public string Name => "ShuffleMerge";

    /// <inheritdoc/>
    public string Summary => "Train and validation rows mixed, spectra flattened, types balanced";

    /// <summary>The mixed shards.</summary>
    public MixedShards Mixed { get; } = new("shuffle_merge", settings.Shards);

    // What the numbers in the column of datasets mean. Datasets behind the last one that is mixed are in no row, and may come and go.
    private IEnumerable<string> Numbered =>
        datasets.Take(1 + datasets.ToList().FindLastIndex(dataset => settings.Groups.Any(group => group.Datasets.Contains(dataset.Name))))
            .Select(dataset => dataset.Name);

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. from training in parts.Trainings
           from sample in training.Samples
           from step in StepsOf(training, sample.Name, sample.Parts)
           select step,
    ];

    private IReadOnlyList<MixSource> SourcesOf(IReadOnlyList<string> from) => [.. settings.Groups.Select(group => new MixSource(group,
        [.. from.SelectMany(split.Part).Where(shard => group.Datasets.Contains(shard.Dataset.Name))],
        [
            .. from.SelectMany(part =>
                group.Datasets.Where(name => parts.PartsOf(UseOf(name)).Contains(part)).Select(name => SpectrumStage.Of(part, name))),
        ])),
];

    private static StepInput[] SpectraOf(IEnumerable<MixSource> sources) =>
        [
            .. sources.SelectMany(source => source.Spectra)
                .DistinctBy(spectrum => spectrum.Path)
                .Select(spectrum => new StepInput("spectrum", spectrum)),
        ];

    // What train rows are expected to be, and whether a network can be trained on them: known before any tuple is read.
    private Step YieldsOf(Training training, IReadOnlyList<MixSource> train)
    {
        IReadOnlyList<MixSource> validation = SourcesOf(training.Validation);
        return new Step
        {
            Stage = Name,
            Key = training.Key($"{SplitSettings.Train}/yields"),
            Reads = SpectraOf(train.Concat(validation)),
            Writes = [Mixed.Yields(training)],
            Settings = settings.Used,
            Work = run =>
            {
                YieldTable expected = YieldTable.Of(settings.Thinning(Groups(run, train)));
                string? lacking = YieldTable.WhyNoTraining(expected, YieldTable.Of(settings.Thinning(Groups(run, validation))));
                run.Write(Mixed.Yields(training), YieldFile.Of(expected) with { NoTraining = lacking });
            },
        };
    }

    private IEnumerable<Step> StepsOf(Training training, string sample, IReadOnlyList<string> from)
    {
        IReadOnlyList<MixSource> sources = SourcesOf(from);
        StepInput[] spectra = SpectraOf(sources);
        if (sample == SplitSettings.Train) yield return YieldsOf(training, sources);
        StepInput[] tuples =
        [
            .. sources.SelectMany(source => source.Shards)
                .DistinctBy(shard => shard.Shard.Path)
                .Select(shard => new StepInput("tuple", shard.Shard)),
        ];
        IReadOnlyList<Artifact> mixed = Mixed.Of(training, sample);
        for (int job = 0; job < mixed.Count; job++)
        {
            int number = job;
            yield return new Step
            {
                Stage = Name,
                Key = training.Key(mixed.Count == 1 ? sample : $"{sample}/{job:D4}"),
                Reads = [.. spectra, .. tuples],
                Writes = [mixed[job]],
                Settings = settings.Used.And("datasets", Numbered),
                Tools = TupleShardWriter.Tools,
                CountsRows = true,
                Work = run => Mix(run, sources, training.Key(sample), number, mixed[number]),
            };
        }
    }

    private DatasetUse UseOf(string dataset) => datasets.First(known => known.Name == dataset).Use;

    private List<MixGroup> Groups(StepRun run, IReadOnlyList<MixSource> sources)
    {
        var groups = new List<MixGroup>();
        foreach (MixSource source in sources)
        {
            Spectrum? sum = null;
            foreach (Artifact<SpectrumFile> file in source.Spectra)
            {
                Spectrum spectrum = run.Read(file).Spectrum;
                if (sum is null) sum = spectrum;
                else sum.Add(spectrum);
            }
            Spectrum wanted = (sum ?? throw StageErrors.EmptyClass("the group", source.Group.Name, "shuffle_merge.groups")).Only(
                source.Group.Types);
            foreach (TauClass type in source.Group.Types)
                if (wanted[type].Entries == 0 && !settings.AllowEmptyClasses)
                    throw StageErrors.EmptyClass($"group '{source.Group.Name}'", type.Name, string.Join(", ", source.Group.Datasets));
            groups.Add(new MixGroup(source.Group.Name, wanted));
        }
        return groups;
    }

    private void Mix(StepRun run, IReadOnlyList<MixSource> sources, string sample, int job, Artifact output)
    {
        IMixing mixing = settings.Mixing(Groups(run, sources), run.Seed("mix"), $"{sample}/{job}");
        using var rows = new MixRows(run, sources, (job, settings.Shards), settings.Classes, settings.BlockRows);
        using TupleShardWriter writer = run.Create<TupleShardWriter>(output);
        writer.Begin(rows.Schema, new Dictionary<string, string> { ["sample"] = sample, ["datasets"] = string.Join(", ", Numbered) });
        new MixWriter(writer, rows.Schema, run.Rows).Write(mixing.Mix(rows.Candidates));
        rows.CountUnused();
        writer.Complete();
    }
}

/// <summary>A group of datasets with its shards and spectra.</summary>
public sealed record MixSource(MixGroupSettings Group, IReadOnlyList<PartShard> Shards, IReadOnlyList<Artifact<SpectrumFile>> Spectra);
