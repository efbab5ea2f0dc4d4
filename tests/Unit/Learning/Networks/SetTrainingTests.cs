using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>Networks on lists, with heads, through training, file and prediction.</summary>
[Collection(TensorFixture.Collection)]
public sealed class SetTrainingTests : IDisposable
{
    private static readonly TrainingPlan s_plan = new()
    {
        Epochs = 3,
        BatchSize = 16,
        LearningRate = 0.01,
        Seed = 3,
        Threads = 1,
        Heads = [new(0.5, []), new(2, [1, 3])],
    };

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Kinds => SetNetworkTests.Kinds;

    public void Dispose() => _folder.Dispose();

    [TensorTheory]
    [MemberData(nameof(Kinds))]
    public void Two_trainings_give_the_same_bytes_and_one_that_is_taken_up_again_too(string kind)
    {
        SetNetworkShape shape = SetNetworkTests.Shapes[kind];
        byte[] whole = Bytes(Fit(shape, "whole"));
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Fit(shape, "stopped", at => { if (at.Epoch == 2) stop.Cancel(); }, stop.Token));

        Bytes(Fit(shape, "again")).ShouldBe(whole);
        Bytes(Fit(shape, "stopped")).ShouldBe(whole);
    }

    [TensorTheory]
    [MemberData(nameof(Kinds))]
    public void A_row_s_scores_are_those_of_the_definition_and_do_not_depend_on_its_company(string kind)
    {
        TrainedModel model = TrainedModel.Load(new MemoryStream(Bytes(Fit(SetNetworkTests.Shapes[kind], "scores"))));
        var shape = (SetNetworkShape)model.Shape;
        TrainingBatch rows = SetSamples.Rows(shape, 16_384, 7);
        Dictionary<string, double[]> weights = ManagedForward.Weights(model)
            .ToDictionary(one => one.Name, one => (double[])[.. one.ToFloats().Select(value => (double)value)]);

        float[] together = model.Predict(rows.Inputs, rows.Rows);

        foreach (int[] some in (int[][])[[0], [6], [16_383], [.. Enumerable.Range(9_001, 7)], [5, 4, 3], [.. Enumerable.Range(100, 300)]])
            model.Predict(GridSamples.Only(rows, some), some.Length)
                .ShouldBe([.. some.SelectMany(row => together[(row * 7)..(row * 7 + 7)])]);
        int[] first = [.. Enumerable.Range(0, 14)];
        double[][] logits = new SetForward(shape, weights, training: false).Logits(SetSamples.Only(rows, first));
        foreach (int row in first)
            foreach ((int begin, int count) in ((int, int)[])[(0, 2), (2, 3), (5, 2)])
                for (int i = begin; i < begin + count; i++)
                    ((double)together[row * 7 + i])
                        .ShouldBe(Math.Exp(logits[row][i]) / logits[row].Skip(begin).Take(count).Sum(Math.Exp), 1e-5);
    }

    // Cross-entropy of the class, and of each head for the rows that have a value there, by its factors.
    [TensorFact]
    public void The_validation_loss_is_that_of_the_model_s_own_predictions_heads_included()
    {
        SetNetworkShape shape = SetSamples.DeepSets();
        TrainingBatch rows = SetSamples.Rows(shape, 60, 2);
        (TrainedModel model, TrainingHistory history) =
            Trainer.Fit(shape, new Same(SetSamples.Rows(shape, 90, 1)), new Same(rows), s_plan, new(_folder.At("loss")));
        float[] predicted = model.Predict(rows.Inputs, rows.Rows);

        double expected = Enumerable.Range(0, rows.Rows).Average(row =>
        {
            double loss = Loss(row, rows.Labels[row]);
            if (rows.Targets![0][row] is >= 0 and int mode) loss += 0.5 * Loss(row, 2 + mode);
            if (rows.Targets[1][row] is >= 0 and int prongs) loss += 2 * (prongs == 0 ? 1 : 3) * Loss(row, 5 + prongs);
            return loss;
        });

        history.Epochs[history.BestEpoch - 1].ValidationLoss.ShouldBe(expected, 1e-5);

        double Loss(int row, int output) => -Math.Log(predicted[row * 7 + output]);
    }

    [TensorFact]
    public void Rows_without_a_value_teach_a_head_nothing()
    {
        SetNetworkShape shape = SetSamples.DeepSets();
        TrainingBatch rows = SetSamples.Rows(shape, 90, 1);
        TrainingBatch none = rows with { Targets = [new int[90], new int[90]] };
        foreach (int[] head in none.Targets!) Array.Fill(head, -1);

        byte[] one = Bytes(Trainer.Fit(shape, new Same(none), new Same(rows), s_plan, new(_folder.At("one"))).Model);
        byte[] other = Bytes(Trainer.Fit(
            shape, new Same(none), new Same(rows), s_plan with { Heads = [new(7, []), new(9, [])] }, new(_folder.At("other"))).Model);

        other.ShouldBe(one);
    }

    [TensorFact]
    public void Heads_that_fit_neither_plan_nor_batch_are_refused()
    {
        SetNetworkShape shape = SetSamples.DeepSets();
        TrainingBatch rows = SetSamples.Rows(shape, 30, 1);

        Fails<Misuse>(rows, s_plan with { Heads = [] }, "losses of 0 heads");
        Fails<Misuse>(rows, s_plan with { Heads = [new(1, [1]), new(1, [])] }, "factors of 1 values");
        Fails<Defect>(rows with { Targets = null }, s_plan, "targets of 0 heads");
        Fails<Defect>(rows with { Targets = [new int[30], [.. Enumerable.Repeat(2, 30)]] }, s_plan, "'prongs', 2 to 2");

        void Fails<T>(TrainingBatch batch, TrainingPlan plan, string told) where T : Exception =>
            Should.Throw<T>(() => Trainer.Fit(shape, new Same(batch), new Same(batch), plan, new(_folder.At("none"))))
                .ToString().ShouldContain(told);
    }

    private TrainedModel Fit(
        SetNetworkShape shape, string scratch, Action<TrainingProgress>? progress = null, CancellationToken stop = default) =>
        Trainer.Fit(
            shape,
            new Same(SetSamples.Rows(shape, 90, 1)),
            new Same(SetSamples.Rows(shape, 40, 2)),
            s_plan,
            new(_folder.At(scratch)) { Progress = progress ?? (_ => { }), Cancellation = stop }).Model;

    private static byte[] Bytes(TrainedModel model)
    {
        using var memory = new MemoryStream();
        model.Save(memory);
        return memory.ToArray();
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
                if (done-- <= 0) yield return SetSamples.Only(all, [.. Enumerable.Range(first, size)]);
                first += size;
            }
        }
    }
}
