using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Draws train and validation rows so that every class of a component has the spectrum of one of them (UPP's resampling); duplicates are
/// counted. Test rows are never resampled. Spectra are those of the train rows.
/// </summary>
public sealed class ResampleStage(
    IReadOnlyList<Dataset> datasets, SplitShards split, SplitSettings parts, ResampleSettings settings) : IStage
{
    /// <inheritdoc/>
    public string Name => "Resample";

    /// <inheritdoc/>
    public string Summary => "Train and validation rows drawn so that every class has the spectrum of one";

    /// <summary>The resampled shards.</summary>
    public MixedShards Mixed { get; } = new("resample", settings.Shards);

    /// <summary>The rows of a sample that are drawn from.</summary>
    public static Artifact<ResampleCountsFile> Counts(Training training, string sample) =>
        new(training.Path("resample", $"{sample}.counts.json"));

    /// <summary>What was drawn of them.</summary>
    public static Artifact<ResampledFile> Drawn(Training training, string sample) =>
        new(training.Path("resample", $"{sample}.resampled.json"));

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. from training in parts.Trainings
           from sample in training.Samples
           select Count(training, sample.Name, sample.Parts),
        .. from training in parts.Trainings
           from sample in training.Samples
           select Draw(training, sample.Name, sample.Parts),
        .. parts.Trainings.Select(training => new Step
        {
            Stage = Name,
            Key = training.Key("yields"),
            Reads = [.. training.Samples.Select(sample => new StepInput(sample.Name, Counts(training, sample.Name)))],
            Writes = [Mixed.Yields(training)],
            Settings = settings.Used,
            Work = run => run.Write(Mixed.Yields(training), Yields(run, training)),
        }),
    ];

    private Step Count(Training training, string sample, IReadOnlyList<string> from) => new()
    {
        Stage = Name,
        Key = training.Key($"{sample}/counts"),
        Reads = [.. ShardsOf(from).Select(shard => new StepInput("tuple", shard.Shard, ResampleCounting.Columns(settings)))],
        Writes = [Counts(training, sample)],
        Settings = settings.Used,
        Tools = Expression.ToolsOf(settings.Cells.Variables),
        Work = run =>
        {
            var counting = new ResampleCounting(settings);
            foreach (IGrouping<string, PartShard> shards in ShardsOf(from).GroupBy(shard => shard.Dataset.Name))
                foreach (Batch batch in new ShardSequence(run, [.. shards.Select(shard => shard.Shard)]).Batches())
                    counting.Add(shards.Key, batch);
            run.Write(Counts(training, sample), counting.Result(sample));
        },
    };

    private Step Draw(Training training, string sample, IReadOnlyList<string> from)
    {
        IReadOnlyList<Artifact> output = Mixed.Of(training, sample);
        return new Step
        {
            Stage = Name,
            Key = training.Key(sample),
            Reads =
            [
                .. new[] { sample, SplitSettings.Train }.Distinct().Select(one => new StepInput("counts", Counts(training, one))),
                .. ShardsOf(from).Select(shard => new StepInput("tuple", shard.Shard)),
            ],
            Writes = [.. output, Drawn(training, sample)],
            Settings = settings.Used.And("datasets", datasets.Select(dataset => dataset.Name)),
            Tools = [.. Expression.ToolsOf(settings.Cells.Variables), .. TupleShardWriter.Tools],
            CountsRows = true,
            Work = run =>
            {
                ResampleCountsFile own = run.Read(Counts(training, sample)), train = run.Read(Counts(training, SplitSettings.Train));
                var plan = new ResampleComponents(settings, own, train);
                Draw(run, plan.Of(sample), from, (training.Key(sample), output, Drawn(training, sample)));
            },
        };
    }

    private void Draw(
        StepRun run,
        IReadOnlyList<ResampleComponent> components,
        IReadOnlyList<string> from,
        (string Sample, IReadOnlyList<Artifact> Shards, Artifact<ResampledFile> Drawn) to)
    {
        MixSource[] sources =
        [
            .. settings.Groups.Select(group =>
                new MixSource(group.Group, [.. ShardsOf(from).Where(shard => group.Group.Datasets.Contains(shard.Dataset.Name))])),
        ];
        var resampler = new Resampler(components, settings.DrawnIn, (run.Seed("resample"), to.Sample), settings.RoundRows);
        using var rows = new MixRows(run, sources, (0, 1), settings.Classes, settings.RoundRows);
        long wanted = components.Sum(component => component.Classes.Sum(of => of.Wanted));
        if (wanted > 0 && wanted < to.Shards.Count) throw StageErrors.MoreShardsThanRows(to.Shards.Count, wanted, "resample");
        using var shards = new EvenShards(run, to.Shards, wanted, writer => writer.Begin(rows.Schema, new Dictionary<string, string>
        {
            ["sample"] = to.Sample,
            ["datasets"] = string.Join(", ", datasets.Select(dataset => dataset.Name)),
        }));
        new MixWriter(shards.Append, rows.Schema, run.Rows).Write(resampler.Mix(rows.Candidates));
        rows.CountUnused();
        shards.Complete();
        run.Write(to.Drawn, new ResampledFile([.. resampler.Results.Select(one => new ResampledRows(
            one.Component, one.Class, one.Available, one.Used, one.Written, one.Unique,
            one.Unique == 0 ? 0 : (double)one.Written / one.Unique, one.MostCopies))]));
    }

    private YieldFile Yields(StepRun run, Training training)
    {
        ResampleCountsFile train = run.Read(Counts(training, SplitSettings.Train));
        IReadOnlyList<ResampleComponent> wanted = new ResampleComponents(settings, train, train).Of(SplitSettings.Train);
        bool hasValidation = run.Read(Counts(training, SplitSettings.Validation)).Components.Any(one => one.Classes.Any(of => of.Rows > 0));
        string[] left = [.. wanted.SelectMany(one => one.Classes).Where(of => of.Wanted > 0).Select(of => of.Class.Name).Distinct()];
        return new YieldFile(
        [
            .. from component in wanted
               from of in component.Classes
               select new YieldEntry(component.Name, of.Class.Name, -1, -1, of.Available,
                   of.Available == 0 ? 0 : (double)of.Wanted / of.Available, 1, of.Wanted, false),
        ])
        { NoTraining = YieldTable.WhyNoTraining(left, hasValidation) };
    }

    private PartShard[] ShardsOf(IReadOnlyList<string> from) =>
        [.. from.SelectMany(split.Part).Where(shard => settings.Groups.Any(group => group.Group.Datasets.Contains(shard.Dataset.Name)))];
}
