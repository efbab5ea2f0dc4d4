using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Keeps all rows of train and validation and gives each the weights that bring every class to one spectrum (UPP's reweighting): tables
/// from the train rows, then the rows merged and shuffled into shards planned in rows, so that none is lost.
/// </summary>
public sealed class ReweightStage(
    IReadOnlyList<Dataset> datasets, SplitShards split, SplitSettings parts, ReweightSettings settings) : IStage
{
    /// <inheritdoc/>
    public string Name => "Reweight";

    /// <inheritdoc/>
    public string Summary => "All train and validation rows merged, with weights that bring every class to one spectrum";

    /// <summary>The merged shards.</summary>
    public MixedShards Mixed { get; } = new("reweight", settings.Shards) { HasTables = true };

    /// <summary>The same as umami-preprocessing stores them.</summary>
    public static Artifact Histograms(Training training) => Artifact.Product(training.Path("reweight", "histograms.h5"));

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. parts.Trainings.Select(Count),
        .. from training in parts.Trainings
           from sample in training.Samples
           from job in Enumerable.Range(0, settings.Shards)
           select Merge(training, sample.Name, sample.Parts, job),
    ];

    private Step Count(Training training)
    {
        PartShard[] train = [.. training.Train.SelectMany(split.Part)], validation = [.. training.Validation.SelectMany(split.Part)];
        string[] columns = [.. settings.Columns.Append(CandidateColumns.Type).Distinct(StringComparer.Ordinal)];
        return new Step
        {
            Stage = Name,
            Key = training.Key("tables"),
            Reads =
            [
                .. train.Select(shard => new StepInput("tuple", shard.Shard, columns)),
                .. validation.Select(shard => new StepInput("validation", shard.Shard, [CandidateColumns.Type])),
            ],
            Writes = [Mixed.Tables(training)!, Histograms(training), Mixed.Yields(training)],
            Settings = settings.Used,
            Tools = [.. Expression.ToolsOf(settings.Expressions), .. UppHistograms.Tools],
            Work = run =>
            {
                var counting = new WeightCounting(settings);
                foreach (Batch batch in Of(run, train).Batches()) counting.Add(batch);
                WeightTablesFile tables = counting.Tables();
                run.Write(Mixed.Tables(training)!, tables);
                using (UppHistograms histograms = run.Create<UppHistograms>(Histograms(training))) histograms.Write(tables);
                run.Write(Mixed.Yields(training), counting.Yields(Of(run, validation).Rows));
            },
        };
    }

    private Step Merge(Training training, string sample, IReadOnlyList<string> from, int job)
    {
        PartShard[] shards = [.. from.SelectMany(split.Part)];
        Artifact output = Mixed.Of(training, sample)[job];
        return new Step
        {
            Stage = Name,
            Key = training.Key(settings.Shards == 1 ? sample : $"{sample}/{job:D4}"),
            Reads =
            [
                new StepInput("tables", Mixed.Tables(training)!), .. shards.Select(shard => new StepInput("tuple", shard.Shard)),
            ],
            Writes = [output],
            Settings = settings.Used.And("datasets", datasets.Select(dataset => dataset.Name)),
            Tools = [.. Expression.ToolsOf(settings.Expressions), .. TupleShardWriter.Tools],
            CountsRows = true,
            Work = run => Merge(run, shards, (training.Key(sample), job), (Mixed.Tables(training)!, output)),
        };
    }

    private void Merge(
        StepRun run,
        IReadOnlyList<PartShard> shards,
        (string Sample, int Number) job,
        (Artifact<WeightTablesFile> Tables, Artifact Shard) at)
    {
        var weigher = new RowWeigher(settings, run.Read(at.Tables), job.Sample);
        var rows = new MergeRows(run, shards, (job.Number, settings.Shards), settings.BlockRows);
        using TupleShardWriter writer = run.Create<TupleShardWriter>(at.Shard);
        writer.Begin(weigher.Written(rows.Schema), new Dictionary<string, string>
        {
            ["sample"] = job.Sample,
            ["datasets"] = string.Join(", ", datasets.Select(dataset => dataset.Name)),
        });
        var ledger = new ClassLedger(run.Rows, settings.Classes);
        foreach (Batch batch in rows.Shuffled(job.Sample, read => ledger.In(weigher.Weighed(read))))
        {
            ledger.Out(batch);
            writer.Append(batch);
        }
        if (weigher.Outside > 0)
            run.Progress.Report(new Progress(1, 1, "shards", Warning: StageErrors.WeightZeroOutside(job.Sample, weigher.Outside)));
        writer.Complete();
    }

    private static ShardSequence Of(StepRun run, IReadOnlyList<PartShard> shards) => new(run, [.. shards.Select(shard => shard.Shard)]);
}
