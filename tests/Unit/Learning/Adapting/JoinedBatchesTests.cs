using Shouldly;
using TauPipeline.Learning;
using TauPipeline.Tests.Unit.Tensors;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>Rows of two batches as one, in networks on grids.</summary>
[Collection(TensorFixture.Collection)]
public sealed class JoinedBatchesTests
{
    [TensorFact]
    public void Joined_rows_have_the_scores_that_they_have_apart()
    {
        using DisposeScope scope = NewDisposeScope();
        GridNetworkShape shape = GridSamples.Tiny();
        using var network = new GridNetwork(shape, 5, isPortable: true);
        network.eval();
        // The first ends with a row without cells, the second has none in any.
        TrainingBatch[] apart = [GridSamples.Rows(shape, 7, 1), GridSamples.Rows(shape, 9, 2), GridSamples.Rows(shape, 3, 3, most: 0)];

        foreach ((TrainingBatch first, TrainingBatch second) in apart.Zip(apart.Skip(1)))
        {
            TrainingBatch joined = JoinedBatches.Of(first, second);

            BatchCheck.Check(joined, shape);
            Logits(joined).ShouldBe([.. Logits(first), .. Logits(second)], 1e-6f);
            joined.Labels.ShouldBe([.. first.Labels, .. second.Labels]);
        }

        float[] Logits(TrainingBatch batch) => network.call(new(batch.Inputs, batch.Rows, CPU)).detach().data<float>().ToArray();
    }

    [TensorFact]
    public void Joined_rows_with_lists_have_the_scores_that_they_have_apart()
    {
        using DisposeScope scope = NewDisposeScope();
        SetNetworkShape shape = SetSamples.DeepSets();
        using var network = new SetNetwork(shape, 5, isPortable: true);
        network.eval();
        (TrainingBatch first, TrainingBatch second) = (SetSamples.Rows(shape, 7, 1), SetSamples.Rows(shape, 5, 2));

        TrainingBatch joined = JoinedBatches.Of(first, second);

        BatchCheck.Check(joined.Inputs, joined.Rows, shape);
        Logits(joined).ShouldBe([.. Logits(first), .. Logits(second)], 1e-6f);

        float[] Logits(TrainingBatch batch) => network.call(new(batch.Inputs, batch.Rows, CPU)).detach().data<float>().ToArray();
    }

    [TensorFact]
    public void A_network_on_grids_is_adapted_and_dropout_draws_the_same_again()
    {
        GridNetworkShape shape = GridSamples.Tiny(dropout: 0.2);
        var rows = new Fixed(GridSamples.Rows(shape, 30, 1));
        var region = new ControlRegion(
            from => Enumerable.Range((int)from, 100).Select(number => GridSamples.Rows(shape, 8, (ulong)number) with { Labels = Domains }),
            () => [GridSamples.Rows(shape, 8, 99) with { Labels = Domains }]);
        var plan = new TrainingPlan { Epochs = 2, BatchSize = 10, Seed = 1, Threads = 1, Adaptation = new AdaptationPlan() };

        string[] histories = [.. Enumerable.Range(0, 2).Select(_ => Fit())];

        histories[0].ShouldBe(histories[1]);
        histories[0].ShouldContain(nameof(AdaptationRecord.AdversaryPull));

        string Fit()
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("tau-");
            try
            {
                TrainingHistory history = Trainer.Fit(shape, rows, rows, plan, new(folder.FullName), region).History;
                return string.Join(' ', history.Epochs.Select(one => one.Adaptation));
            }
            finally { folder.Delete(recursive: true); }
        }
    }

    private static int[] Domains => [.. Enumerable.Range(0, 8).Select(row => row % 2)];

    /// <summary>The same batch thrice an epoch.</summary>
    private sealed class Fixed(TrainingBatch batch) : ITrainingSource
    {
        public long Rows => 3L * batch.Rows;

        public IEnumerable<TrainingBatch> Batches(int epoch, BatchCut cut, int done = 0) => Enumerable.Repeat(batch, 3 - done);
    }
}
