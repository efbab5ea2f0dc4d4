using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Seven shards of 30 rows, the feature of a row its number, its weight twice that.</summary>
public sealed class ShardSourceTests : IDisposable
{
    private const int Shards = 7, RowsOfAShard = 30, Rows = Shards * RowsOfAShard;

    private static readonly Feature[] OneFeature = [new("x", ScalingKind.NoScaling, null)];
    private static readonly FeatureScaling Scaling = new([FeatureScale.Identity("x")]);
    private static readonly Artifact Weights = Artifact.Product("weights.h5");
    private static readonly Artifact[] Files = [.. Enumerable.Range(0, Shards).Select(shard => Artifact.Product($"mixed_{shard}.h5"))];

    private readonly StageBench _bench = new() { CountsOpen = true };

    public ShardSourceTests()
    {
        for (int shard = 0; shard < Shards; shard++) _bench.Put(Files[shard], Numbered(shard * RowsOfAShard, RowsOfAShard));
        float[] weights = [.. Enumerable.Range(0, Rows).Select(row => 2f * row)];
        _bench.Put(Weights, new Batch([new Column<float>(CandidateColumns.Weight, weights)]));
    }

    public void Dispose() => _bench.Dispose();

    // What was wrong: batches of 32 ended with every shard, and the 30th row of a shard of 30 pulled as one of 30.
    [Fact]
    public void Batches_go_across_blocks_and_shards_so_that_all_rows_but_the_remainder_pull_alike()
    {
        TrainingBatch[] batches = Batches("shuffle_rows: 50", epoch: 1, new BatchCut(32, LastBatch.Keep));

        batches.Select(batch => batch.Rows).ShouldBe([32, 32, 32, 32, 32, 32, 18]);
        float[] seen = [.. batches.SelectMany(batch => batch.Inputs[0].Values)];
        seen.Order().ShouldBe(Enumerable.Range(0, Rows).Select(row => (float)row));
        batches.SelectMany(batch => batch.Weights).ShouldBe(seen.Select(row => 2 * row));
        batches.SelectMany(batch => batch.Labels).ShouldBe(seen.Select(row => (int)row % 4));
        _bench.MostOpen.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public void A_batch_may_be_larger_than_a_block() =>
        Batches("shuffle_rows: 10", epoch: 1, new BatchCut(100, LastBatch.Even)).Select(batch => batch.Rows).ShouldBe([70, 70, 70]);

    [Fact]
    public void What_is_dropped_is_the_last_of_an_order_that_is_new_every_epoch()
    {
        float[][] left = [.. Enumerable.Range(1, 3).Select(epoch => Enumerable.Range(0, Rows).Select(row => (float)row)
            .Except(Batches("shuffle_rows: 1000", epoch, new BatchCut(100, LastBatch.Drop)).SelectMany(batch => batch.Inputs[0].Values))
            .ToArray()),
];

        left.ShouldAllBe(rows => rows.Length == 10);
        left[0].Intersect(left[1]).Count().ShouldBeLessThan(10);
        left[1].Intersect(left[2]).Count().ShouldBeLessThan(10);
    }

    [Fact]
    public void An_epoch_depends_on_neither_memory_nor_on_the_epochs_before_it()
    {
        var cut = new BatchCut(32, LastBatch.Even);
        float[] second = Features(Batches("shuffle_rows: 50", 2, cut));

        // 320 bytes are 40 for a reader: five rows of 8 bytes.
        Features(Batches("shuffle_rows: 50", 2, cut, memory: 320)).ShouldBe(second);
        Features(Batches("shuffle_rows: 50", 1, cut)).ShouldNotBe(second);
        // Rows stay within their block of 50.
        second.Take(50).Order().ShouldBe(Enumerable.Range(0, 50).Select(row => (float)row));
        second.Take(50).ShouldNotBe(Enumerable.Range(0, 50).Select(row => (float)row));
    }

    private static float[] Features(IEnumerable<TrainingBatch> batches) => [.. batches.SelectMany(batch => batch.Inputs[0].Values)];

    private TrainingBatch[] Batches(string train, int epoch, BatchCut cut, long memory = 1 << 20)
    {
        TrainSettings settings = TrainSettings.Read(Campaigns.Root($"train: {{ {train} }}").Block("train"), ClassSettings.Standard);
        TrainingBatch[] batches = [];
        _bench.Run(new Step
        {
            Stage = "Train",
            Reads = [.. Files.Append(Weights).Select(file => new StepInput("rows", file))],
            Writes = [],
            Settings = SettingsUsed.None,
            Needs = new Resources { Memory = memory },
            Work = run => batches = [.. new ShardSource(run, Files, Weights, OneFeature, Scaling, settings).Batches(epoch, cut)],
        });
        return batches;
    }

    private static Batch Numbered(int first, int rows) => new(
    [
        new Column<float>("x", Enumerable.Range(first, rows).Select(row => (float)row).ToArray()),
        new Column<int>(CandidateColumns.Type, Enumerable.Range(first, rows).Select(row => row % 4).ToArray()),
    ]);
}
