using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>
/// Rows of a control region in data and simulation, in batches of fixed make-up, for an adversary that tells them apart. Those of train
/// parts are learned from, those of validation parts checked with; test rows are in neither.
/// </summary>
public sealed class ControlStage(SplitShards split, SplitSettings parts, ControlSettings settings) : IStage
{
    /// <summary>Attribute of the shard: rows of a batch.</summary>
    internal const string BatchRows = "batch_rows";

    /// <inheritdoc/>
    public string Name => "Control";

    /// <inheritdoc/>
    public string Summary => "Rows of a control region in data and simulation, for domain adaptation";

    /// <summary>The batches of one sample (train or validation), one after the other.</summary>
    public static Artifact Rows(Training training, string sample) => Artifact.Product(training.Path("control", $"{sample}.h5"));

    /// <summary>What became of the rows of each group.</summary>
    public static Artifact<MixAccountsFile> Accounts(Training training, string sample) =>
        new(training.Path("control", $"{sample}.accounts.json"));

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. from training in parts.Trainings
           from sample in training.Samples
           let sources = Sources(sample.Parts)
           select new Step
           {
               Stage = Name,
               Key = training.Key(sample.Name),
               Reads =
               [
                   .. sources.SelectMany(source => source.Shards).Select(shard => shard.Shard).DistinctBy(shard => shard.Path)
                       .Select(shard => new StepInput("tuple", shard)),
               ],
               Writes = [Rows(training, sample.Name), Accounts(training, sample.Name)],
               Settings = settings.Used,
               Tools = [.. Expression.ToolsOf(settings.Expressions), .. TupleShardWriter.Tools],
               CountsRows = true,
               Work = run => Write(run, sources, training, sample.Name),
           },
    ];

    private void Write(StepRun run, MixSource[] sources, Training training, string sample)
    {
        var selection = new ControlSelection(settings, run.Seed("thinning"));
        if (settings.Groups.Any(group => group.Like is not null))
            for (int group = 0; group < sources.Length; group++)
            {
                var shards = new ShardSequence(run, [.. sources[group].Shards.Select(shard => shard.Shard)]);
                foreach (Batch batch in shards.Batches(selection.Columns)) selection.Count(group, batch);
            }
        using var rows = new MixRows(run, sources, (0, 1), settings.Classes, settings.BlockRows);
        using TupleShardWriter writer = run.Create<TupleShardWriter>(Rows(training, sample));
        writer.Begin(ControlColumns.Of(rows.Schema), new Dictionary<string, string>
        {
            ["sample"] = training.Key(sample),
            [BatchRows] = settings.BatchRows.ToString(CultureInfo.InvariantCulture),
        });
        var mixing = new FixedBatches([.. settings.Groups.Select(group => group.Rows)], selection.WhyNot());
        var columns = new ControlColumns(settings);
        new MixWriter(batch => writer.Append(columns.Next(batch)), rows.Schema, run.Rows)
            .Write(rows.Accounts.Of(mixing.Mix(rows.Candidates)));
        if (mixing.Batches == 0)
            throw StageErrors.NoControlBatch(sample, settings.Groups[mixing.Ended.Group], mixing.Ended.Rows, settings.Selection);
        rows.CountUnused();
        writer.Complete();
        run.Write(Accounts(training, sample), rows.Accounts.Table());
    }

    private MixSource[] Sources(IReadOnlyList<string> from) =>
    [
        .. settings.Groups.Select(group => new MixSource(
            group.Group, [.. from.SelectMany(split.Part).Where(shard => group.Group.Datasets.Contains(shard.Dataset.Name))])),
    ];
}
