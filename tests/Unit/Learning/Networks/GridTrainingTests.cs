using Shouldly;
using TauPipeline.Learning;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>The grid network through training, file and prediction.</summary>
[Collection(TensorFixture.Collection)]
public sealed class GridTrainingTests : IDisposable
{
    private static readonly TrainingPlan s_plan = new()
    {
        Epochs = 3,
        BatchSize = 16,
        LearningRate = 0.01,
        Optimiser = "nadam",
        Seed = 3,
        Threads = 1,
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TensorTheory]
    [InlineData(EmptyGridCells.Skip)]
    [InlineData(EmptyGridCells.Constant)]
    public void Two_trainings_give_the_same_bytes_and_one_that_is_taken_up_again_too(EmptyGridCells empty)
    {
        GridNetworkShape shape = GridSamples.Tiny(empty, dropout: 0.2);
        byte[] whole = Bytes(Fit(shape, s_plan, "whole"));
        using var stop = new CancellationTokenSource();
        void StopInTheSecond(TrainingProgress at)
        {
            if (at.Epoch == 2) stop.Cancel();
        }
        Should.Throw<OperationCanceledException>(() => Fit(shape, s_plan, "stopped", StopInTheSecond, stop.Token));

        Bytes(Fit(shape, s_plan, "again")).ShouldBe(whole);
        Bytes(Fit(shape, s_plan, "stopped")).ShouldBe(whole);
        Bytes(Fit(shape, s_plan with { Seed = 4 }, "other")).ShouldNotBe(whole);
    }

    [TensorFact]
    public void A_row_s_score_is_that_of_the_dense_network_and_does_not_depend_on_its_company()
    {
        GridNetworkShape shape = GridSamples.Tiny(EmptyGridCells.Constant, dropout: 0.2);
        TrainedModel model = TrainedModel.Load(new MemoryStream(Bytes(Fit(shape, s_plan, "scores"))));
        TrainingBatch rows = GridSamples.Rows(shape, 16_384, 7);
        Dictionary<string, double[]> weights = ManagedForward.Weights(model)
            .ToDictionary(one => one.Name, one => (double[])[.. one.ToFloats().Select(value => (double)value)]);

        float[] together = model.Predict(rows.Inputs, rows.Rows);

        foreach (int[] some in (int[][])[[0], [6], [16_383], [.. Enumerable.Range(9_001, 7)], [5, 4, 3], [.. Enumerable.Range(100, 63)]])
        {
            float[] expected = [.. some.SelectMany(row => together[(row * 4)..(row * 4 + 4)])];
            model.Predict(GridSamples.Only(rows, some), some.Length).ShouldBe(expected);
        }
        int[] first = [.. Enumerable.Range(0, 14)];
        double[][] logits = new DenseForward((GridNetworkShape)model.Shape, weights, training: false)
            .Logits(new(14, GridSamples.Only(rows, first), [], []));
        foreach (int row in first)
            for (int c = 0; c < 4; c++)
                ((double)together[row * 4 + c]).ShouldBe(Math.Exp(logits[row][c]) / logits[row].Sum(Math.Exp), 1e-5);
    }

    [TensorFact]
    public void The_validation_loss_is_that_of_the_model_s_own_predictions()
    {
        GridNetworkShape shape = GridSamples.Tiny(dropout: 0.2);
        TrainingBatch rows = GridSamples.Rows(shape, 60, 2);
        (TrainedModel model, TrainingHistory history) = Trainer.Fit(
            shape, new Same(GridSamples.Rows(shape, 90, 1)), new Same(rows), s_plan, new(_folder.At("loss")));

        float[] predicted = model.Predict(rows.Inputs, rows.Rows);

        history.Epochs[history.BestEpoch - 1].ValidationLoss.ShouldBe(
            Enumerable.Range(0, rows.Rows).Average(row => -Math.Log(predicted[row * 4 + rows.Labels[row]])),
            1e-5);
    }

    [TensorFact]
    public void Rows_are_learned_by_heart()
    {
        GridNetworkShape shape = GridSamples.Tiny();
        var rows = new Same(GridSamples.Rows(shape, 20, 1));

        (_, TrainingHistory history) = Trainer.Fit(
            shape,
            rows,
            rows,
            s_plan with { Epochs = 400, BatchSize = 20, LearningRate = 0.01 },
            new(_folder.At("heart")));

        history.Epochs[0].ValidationLoss.ShouldBeGreaterThan(1);
        history.Epochs[history.BestEpoch - 1].ValidationLoss.ShouldBeLessThan(0.5);
    }

    // It was 4096 whatever the network: DeepTau's validation took 4.7 GB where its training took 1.5.
    [TensorFact]
    public void Rows_to_check_with_are_no_more_at_once_than_those_of_a_training_batch()
    {
        GridNetworkShape shape = GridSamples.Tiny(EmptyGridCells.Skip, dropout: 0);
        var asked = new Asked(new Same(GridSamples.Rows(shape, 40, 2)));

        Trainer.Fit(
            shape,
            new Same(GridSamples.Rows(shape, 90, 1)),
            asked,
            s_plan with { Epochs = 1 },
            new(_folder.At("asked")));

        asked.Sizes.ShouldBe([s_plan.BatchSize]);
    }

    private TrainedModel Fit(
        GridNetworkShape shape,
        TrainingPlan plan,
        string scratch,
        Action<TrainingProgress>? progress = null,
        CancellationToken stop = default) =>
        Trainer.Fit(
            shape,
            new Same(GridSamples.Rows(shape, 90, 1)),
            new Same(GridSamples.Rows(shape, 40, 2)),
            plan,
            new(_folder.At(scratch)) { Progress = progress ?? (_ => { }), Cancellation = stop }).Model;

    private static byte[] Bytes(TrainedModel model)
    {
        using var memory = new MemoryStream();
        model.Save(memory);
        return memory.ToArray();
    }

    /// <summary>Notes how many rows at once are asked for.</summary>
    private sealed class Asked(ITrainingSource source) : ITrainingSource
    {
        public List<int> Sizes { get; } = [];

        public long Rows => source.Rows;

        public IEnumerable<TrainingBatch> Batches(int epoch, BatchCut cut, int done = 0)
        {
            Sizes.Add(cut.Size);
            return source.Batches(epoch, cut, done);
        }
    }

    /// <summary>The same rows in the same order in every epoch.</summary>
    private sealed class Same(TrainingBatch all) : ITrainingSource
    {
        public long Rows => all.Rows;

        public IEnumerable<TrainingBatch> Batches(int epoch, BatchCut cut, int done = 0)
        {
            int first = 0;
            foreach (int size in cut.Sizes(Rows))
            {
                int[] rows = [.. Enumerable.Range(first, size)];
                if (done-- <= 0) yield return new(
                    size,
                    GridSamples.Only(all, rows),
                    [.. rows.Select(row => all.Labels[row])],
                    [.. rows.Select(row => all.Weights[row])]);
                first += size;
            }
        }
    }
}
