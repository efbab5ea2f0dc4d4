using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Formats;
using TauPipeline.Learning;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>A control region of seven batches of 300 rows, the feature of a row its number.</summary>
public sealed class ControlBatchesTests : IDisposable
{
    private const int Batches = 7, Rows = 300;

    private static readonly Artifact Shard = Artifact.Product("control.h5");

    private readonly StageBench _bench = new() { CountsOpen = true };

    public ControlBatchesTests()
    {
        Batch rows = new(
        [
            new Column<float>("x", Enumerable.Range(0, Batches * Rows).Select(row => (float)row).ToArray()),
            new Column<int>("control_domain", Enumerable.Range(0, Batches * Rows).Select(row => row % 2).ToArray()),
            new Column<float>("control_weight", Enumerable.Range(0, Batches * Rows).Select(row => 3f * row).ToArray()),
        ]);
        using TupleShardWriter writer = TupleShardWriter.Create(new ProductOutput(_bench.At(Shard)));
        writer.Begin(rows.Schema, new Dictionary<string, string> { ["batch_rows"] = $"{Rows}" });
        writer.Append(rows);
        writer.Complete();
    }

    public void Dispose() => _bench.Dispose();

    // A training that is taken up again asks for the batch of its next step; in which lap it is does not matter.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 2)]
    [InlineData(6, 1)]
    [InlineData(7_000_000_005, 3)]
    public void Batches_stand_as_they_are_in_the_shard_and_begin_again_after_the_last(long from, int threads)
    {
        TrainingBatch[] read = Read(batches => batches.Endless(from).Take(17), threads);

        int[] expected = [.. Enumerable.Range(0, 17).Select(i => (int)((from + i) % Batches))];

        read.Select(batch => (int)batch.Inputs[0].Values[0] / Rows).ShouldBe(expected);
        foreach (TrainingBatch batch in read)
        {
            batch.Rows.ShouldBe(Rows);
            batch.Inputs[0].Values.ShouldBe(Enumerable.Range((int)batch.Inputs[0].Values[0], Rows).Select(row => (float)row));
            batch.Labels.ShouldBe(batch.Inputs[0].Values.Select(row => (int)row % 2));
            batch.Weights.ShouldBe(batch.Inputs[0].Values.Select(row => 3 * row));
            batch.Origin!(5).ShouldBe($"control.h5, row {batch.Inputs[0].Values[5]}");
        }
        _bench.OpenNow.ShouldBe(0);
    }

    [Fact]
    public void To_check_with_every_batch_comes_once() =>
        Read(batches => batches.Once(), 2).Select(batch => (int)batch.Inputs[0].Values[0] / Rows).ShouldBe(Enumerable.Range(0, Batches));

    private TrainingBatch[] Read(Func<ControlBatches, IEnumerable<TrainingBatch>> which, int threads)
    {
        TrainingBatch[] read = [];
        var features = FeatureSettings.Read(
            Campaigns.Root("features: { x: { scaling: no_scaling } }"), Campaigns.Root("train: { }").Block("train"));
        _bench.Run(new Step
        {
            Stage = "Train",
            Reads = [new StepInput("control", Shard)],
            Writes = [],
            Settings = SettingsUsed.None,
            Work = run => read =
            [
                .. which(new ControlBatches(
                    run, Shard, (features, new FeatureScaling([FeatureScale.Identity("x")])), [new(InputShape.Tau, 1)], threads)),
            ],
        });
        return read;
    }
}
