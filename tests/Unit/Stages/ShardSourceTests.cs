using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
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

    private static readonly FeatureScaling Scaling = new([FeatureScale.Identity("x") with { NonFinite = NonFinite.Error }]);
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

    // Bytes of everything that a training sees.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void An_epoch_does_not_depend_on_the_number_of_threads_that_load_it(int threads)
    {
        var cut = new BatchCut(7, LastBatch.Keep);
        TrainingBatch[] alone = Batches("shuffle_rows: 50, loader_threads: 0", 3, cut),
            loaded = Batches($"shuffle_rows: 50, loader_threads: {threads}", 3, cut);

        loaded.Length.ShouldBe(30);
        foreach ((TrainingBatch one, TrainingBatch other) in loaded.Zip(alone))
        {
            one.Inputs[0].Values.ShouldBe(other.Inputs[0].Values);
            one.Labels.ShouldBe(other.Labels);
            one.Weights.ShouldBe(other.Weights);
        }
    }

    [Fact]
    public void Shuffled_labels_are_dealt_out_among_the_rows_of_a_block_and_go_with_nothing_else()
    {
        var cut = new BatchCut(50, LastBatch.Keep);
        TrainingBatch[] shuffled = Batches("shuffle_rows: 50, labels: shuffled", 1, cut), truth = Batches("shuffle_rows: 50", 1, cut);

        foreach ((TrainingBatch one, TrainingBatch other) in shuffled.Zip(truth))
        {
            one.Inputs[0].Values.ShouldBe(other.Inputs[0].Values);
            one.Weights.ShouldBe(other.Weights);
            one.Labels.Order().ShouldBe(other.Labels.Order());
            one.Labels.ShouldNotBe(other.Labels);
        }
    }

    [Fact]
    public void Who_stops_early_leaves_no_file_open()
    {
        Batches("shuffle_rows: 50, loader_threads: 2", 1, new BatchCut(7, LastBatch.Keep), 1 << 20, batches => [.. batches.Take(2)]);

        _bench.OpenNow.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_value_that_cannot_be_an_input_is_told_with_feature_shard_and_row(int threads)
    {
        Batch rows = Numbered(2 * RowsOfAShard, RowsOfAShard);
        float[] values = rows.Flat<float>("x").ToArray();
        values[17] = float.NaN;
        _bench.Put(Files[2], rows.With(new Column<float>("x", values)));

        ErrorText text = Should.Throw<StepFailed>(() =>
            Batches($"shuffle_rows: 50, loader_threads: {threads}", 1, new BatchCut(32, LastBatch.Keep))).Text;

        text.Title.ShouldContain("'x'");
        text.Facts.ShouldBe([("shard", "mixed_2.h5"), ("row", "17"), ("value", "NaN")]);
    }

    [Fact]
    public void Rows_that_do_not_fit_into_memory_together_are_told_before_they_are_read()
    {
        const int Large = 3_000_000;
        var x = new Column<float>("x", new float[Large]);
        foreach (Artifact file in Files) _bench.Put(file, new Batch([x, new Column<int>(CandidateColumns.Type, new int[Large])]));
        _bench.Put(Weights, new Batch([new Column<float>(CandidateColumns.Weight, new float[Files.Length * Large])]));

        ErrorText text = Should.Throw<StepFailed>(() =>
            Batches("shuffle_rows: 100000000", 1, new BatchCut(32, LastBatch.Keep), 64 << 20)).Text;

        text.Advice!.ShouldContain("train.shuffle_rows");
        long.Parse(text.Facts[1].Value, System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThan(40 << 20);
    }

    private static float[] Features(IEnumerable<TrainingBatch> batches) => [.. batches.SelectMany(batch => batch.Inputs[0].Values)];

    private TrainingBatch[] Batches(string train, int epoch, BatchCut cut, long memory = 1 << 20) =>
        Batches(train, epoch, cut, memory, batches => [.. batches]);

    private TrainingBatch[] Batches(
        string train, int epoch, BatchCut cut, long memory, Func<IEnumerable<TrainingBatch>, TrainingBatch[]> work)
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
            Work = run => batches = work(Source(run, settings).Batches(epoch, cut)),
        });
        return batches;
    }

    private static ShardSource Source(StepRun run, TrainSettings settings)
    {
        ConfigBlock root = Campaigns.Root("definitions: { features: { x: { scaling: no_scaling } } }");
        FeatureSettings features = FeatureSettings.Read(root.Block("definitions"), root.Block("train"));
        return new ShardSource(run, (Files, Weights), (features, Scaling), CandidateInputs.ShapesOf(features), settings);
    }

    private static Batch Numbered(int first, int rows) => new(
    [
        new Column<float>("x", Enumerable.Range(first, rows).Select(row => (float)row).ToArray()),
        new Column<int>(CandidateColumns.Type, Enumerable.Range(first, rows).Select(row => row % 4).ToArray()),
    ]);
}
