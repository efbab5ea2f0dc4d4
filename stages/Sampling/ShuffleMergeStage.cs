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

    /// <summary>What became of every row of every group that a mixed shard was made of.</summary>
    public static Artifact<MixAccountsFile> AccountsOf(Artifact mixed) => new(Path.ChangeExtension(mixed.Path, ".accounts.json"));

    /// <summary>The numbers of datasets' names, as TauMLTools stores them.</summary>
    public static Artifact<NameTableFile> DatasetNames { get; } = new("shuffle_merge/dataset_hash.json");

    /// <summary>The numbers of groups' names.</summary>
    public static Artifact<NameTableFile> GroupNames { get; } = new("shuffle_merge/datagroup_hash.json");

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
        .. settings.NameIds ? (Step[])[Names()] : [],
    ];

    private IReadOnlyList<SpectralSource> SourcesOf(IReadOnlyList<string> from) =>
    [
        .. settings.Groups.Select(group => new SpectralSource(
            new MixSource(group, [.. from.SelectMany(split.Part).Where(shard => group.Datasets.Contains(shard.Dataset.Name))]),
            [
                .. from part in @from
                   from name in @group.Datasets
                   where parts.PartsOf(UseOf(name)).Contains(part)
                   select (name, SpectrumStage.Of(part, name)),
            ])),
    ];

    private static StepInput[] SpectraOf(IEnumerable<SpectralSource> sources) =>
        [
            .. sources.SelectMany(source => source.Spectra.Select(of => of.File))
                .DistinctBy(spectrum => spectrum.Path)
                .Select(spectrum => new StepInput("spectrum", spectrum)),
        ];

    // What train rows are expected to be, and whether a network can be trained on them: known before any tuple is read.
    private Step YieldsOf(Training training, IReadOnlyList<SpectralSource> train)
    {
        IReadOnlyList<SpectralSource> validation = SourcesOf(training.Validation);
        return new Step
        {
            Stage = Name,
            Key = training.Key($"{SplitSettings.Train}/yields"),
            Reads = SpectraOf(train.Concat(validation)),
            Writes = [Mixed.Yields(training)],
            Settings = settings.Used,
            Work = run =>
            {
                var yields = new ExpectedYields(run, settings);
                YieldFile expected = yields.Table(train, out YieldTable bins);
                run.Write(Mixed.Yields(training), expected with { NoTraining = YieldTable.WhyNoTraining(bins, yields.Of(validation)) });
            },
        };
    }

    private IEnumerable<Step> StepsOf(Training training, string sample, IReadOnlyList<string> from)
    {
        IReadOnlyList<SpectralSource> sources = SourcesOf(from);
        StepInput[] spectra = SpectraOf(sources);
        if (sample == SplitSettings.Train) yield return YieldsOf(training, sources);
        StepInput[] tuples =
        [
            .. sources.SelectMany(source => source.Rows.Shards)
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
                Writes = [mixed[job], AccountsOf(mixed[job])],
                Settings = settings.Used.And("datasets", Numbered),
                Tools = TupleShardWriter.Tools,
                CountsRows = true,
                Work = run => Mix(run, sources, training.Key(sample), number, mixed[number]),
            };
        }
    }

    private Step Names() => new()
    {
        Stage = Name,
        Key = "names",
        Reads = [],
        Writes = [DatasetNames, GroupNames],
        Settings = settings.Used,
        Work = run =>
        {
            run.Write(DatasetNames, Table("datasets", settings.Groups.SelectMany(group => group.Datasets)));
            run.Write(GroupNames, Table("groups", settings.Groups.Select(group => group.Name)));
        },
    };

    private static NameTableFile Table(string what, IEnumerable<string> names)
    {
        var table = NameTableFile.Of(names);
        foreach (var same in table.Numbers.GroupBy(one => one.Value, one => one.Key).Where(same => same.Count() > 1))
            throw StageErrors.OneNumberOfTwoNames(what, same.Key, same);
        return table;
    }

    private DatasetUse UseOf(string dataset) => datasets.First(known => known.Name == dataset).Use;

    private void Mix(StepRun run, IReadOnlyList<SpectralSource> sources, string sample, int job, Artifact output)
    {
        MixSource[] files = [.. sources.Select(source => source.Rows)];
        using var rows = new MixRows(run, files, (job, settings.Shards), settings.Classes, settings.BlockRows)
        {
            NameIds = settings.NameIds,
        };
        MixGroup[] groups = [.. sources.Select(source => source.Read(run, settings.AllowEmptyClasses))];
        if (settings.Refill) groups = [.. groups.Select((group, at) => group with { Spectrum = rows.Count(at, group.Spectrum) })];
        IMixing mixing = settings.Mixing(groups, run.Seed("mix"), $"{sample}/{job}");
        using TupleShardWriter writer = run.Create<TupleShardWriter>(output);
        writer.Begin(rows.Schema, new Dictionary<string, string> { ["sample"] = sample, ["datasets"] = string.Join(", ", Numbered) });
        new MixWriter(writer.Append, rows.Schema, run.Rows).Write(rows.Accounts.Of(mixing.Mix(rows.Candidates)));
        rows.CountUnused();
        run.Write(AccountsOf(output), rows.Accounts.Table());
        writer.Complete();
    }
}
