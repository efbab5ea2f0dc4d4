using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Batches that have as many rows of every region (process, class, bin of abs eta and pt) as of any other, by a plan of whole numbers; rows
/// of small regions come again in later batches, none before all others of its region (atlas-upp 11.2).
/// </summary>
public sealed class BalanceStage(
    IReadOnlyList<Dataset> datasets, SplitShards split, SplitSettings parts, BalanceSettings settings) : IStage
{
    /// <inheritdoc/>
    public string Name => "Balance";

    /// <inheritdoc/>
    public string Summary => "Batches of train and validation rows with equally many rows of every region";

    /// <summary>The batches, one after the other.</summary>
    public MixedShards Mixed { get; } = new("balance", settings.Shards);

    /// <summary>Which rows of which files each batch has.</summary>
    public static Artifact<BalancePlanFile> Plan(Training training, string sample) => new(training.Path("balance", $"{sample}.plan.json"));

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. from training in parts.Trainings
           from step in new[] { Plans(training) }.Concat(training.Samples.Select(sample => Rows(training, sample.Name, sample.Parts)))
           select step,
    ];

    private Step Plans(Training training) => new()
    {
        Stage = Name,
        Key = training.Key("plan"),
        Reads = [.. training.Samples.SelectMany(sample => CountsOf(sample.Parts))],
        Writes = [.. training.Samples.Select(sample => Plan(training, sample.Name)), Mixed.Yields(training)],
        Settings = settings.Used,
        Work = run =>
        {
            BalancePlan[] plans = [.. training.Samples.Select(sample => PlanOf(run, sample.Name, sample.Parts))];
            foreach (((string sample, _), BalancePlan plan) in training.Samples.Zip(plans)) run.Write(Plan(training, sample), plan.File());
            run.Write(Mixed.Yields(training), plans[0].Yields(hasValidation: plans[1].Batches > 0));
        },
    };

    private Step Rows(Training training, string sample, IReadOnlyList<string> from)
    {
        IReadOnlyList<Artifact> mixed = Mixed.Of(training, sample);
        return new Step
        {
            Stage = Name,
            Key = training.Key(sample),
            Reads = [.. CountsOf(from), .. ShardsOf(from).Select(shard => new StepInput("tuple", shard.Shard))],
            Writes = mixed,
            Settings = settings.Used.And("datasets", datasets.Select(dataset => dataset.Name)),
            Tools = TupleShardWriter.Tools,
            CountsRows = true,
            Work = run => Write(run, PlanOf(run, sample, from), training.Key(sample), mixed),
        };
    }

    private void Write(StepRun run, BalancePlan plan, string sample, IReadOnlyList<Artifact> mixed)
    {
        if (plan.Batches < mixed.Count && plan.Batches > 0) throw StageErrors.MoreShardsThanRows(mixed.Count, plan.Batches, "balance");
        var rows = new BalancedRows(run, plan);
        var shuffle = new BlockShuffle(run.Seed("batches"), sample);
        rows.Count();
        for (int shard = 0; shard < mixed.Count; shard++)
        {
            EntryRange batches = EvenCut.Of(new EntryRange(0, plan.Batches), shard, mixed.Count);
            using TupleShardWriter writer = run.Create<TupleShardWriter>(mixed[shard]);
            writer.Begin(rows.Schema, new Dictionary<string, string>
            {
                ["sample"] = sample,
                ["datasets"] = string.Join(", ", datasets.Select(dataset => dataset.Name)),
                ["first_batch"] = batches.First.ToString(CultureInfo.InvariantCulture),
                ["batch_rows"] = plan.BatchRows.ToString(CultureInfo.InvariantCulture),
            });
            rows.Write(new MixWriter(writer.Append, rows.Schema, run.Rows), (batches.First, batches.End), shuffle);
            writer.Complete();
        }
    }

    private BalancePlan PlanOf(StepRun run, string sample, IReadOnlyList<string> from)
    {
        var counts = new Dictionary<string, RegionCountsFile>(StringComparer.Ordinal);
        PartShard[] shards = ShardsOf(from);
        foreach (Artifact<RegionCountsFile> file in CountFiles(from)) counts[file.Path] = run.Read(file);
        return new BalancePlan(
            settings,
            shards,
            [
                .. from.SelectMany(part => Of(part).Select(shard =>
                    CountOf(counts[SpectrumStage.Regions(part, shard.Dataset.Name).Path], shard.Entry))),
            ],
            settings.BatchesOf(sample));
    }

    private static Func<string, long> CountOf(RegionCountsFile counts, string entry) =>
        region => counts.Regions.TryGetValue(region, out SortedDictionary<string, long>? files) ? files.GetValueOrDefault(entry) : 0;

    private IEnumerable<StepInput> CountsOf(IReadOnlyList<string> from) => CountFiles(from).Select(file => new StepInput("counts", file));

    private IEnumerable<Artifact<RegionCountsFile>> CountFiles(IReadOnlyList<string> from) =>
        from.SelectMany(part => Of(part).Select(shard => SpectrumStage.Regions(part, shard.Dataset.Name))).DistinctBy(file => file.Path);

    private PartShard[] ShardsOf(IReadOnlyList<string> from) => [.. from.SelectMany(Of)];

    private IEnumerable<PartShard> Of(string part) =>
        split.Part(part).Where(shard => settings.Processes.Any(process => process.Datasets.Contains(shard.Dataset.Name)));
}
