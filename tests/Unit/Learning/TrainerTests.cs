using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Tests.Unit.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

[Collection(TensorFixture.Collection)]
public sealed class TrainerTests : IDisposable
{
    private static readonly FlatNetworkShape s_shape = new(5, [16, 12], 4, Dropout: 0.1, BatchNorm: true, "prelu");
    private static readonly TrainingPlan s_plan = new()
    {
        Epochs = 5,
        BatchSize = 37,
        LearningRate = 0.01,
        Optimiser = "nadam",
        Seed = 3,
        Threads = 1,
    };

    private readonly Samples _train = new(300, 5, 4, 1), _validation = new(101, 5, 4, 2);
    private readonly string _folder = Directory.CreateTempSubdirectory("tau-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TensorFact]
    public void Sixty_four_rows_are_learned_by_heart()
    {
        var rows = new Samples(64, 6, 4, 5, width: 3);
        TrainingPlan plan = s_plan with { Epochs = 120, BatchSize = 16, Optimiser = "adam" };

        (TrainedModel model, TrainingHistory history) = Fit(new(6, [64, 64], 4, 0, true, "relu"), rows, rows, plan, "heart");

        history.Epochs[0].Accuracy.ShouldBeLessThan(0.8);
        history.Epochs[history.BestEpoch - 1].Accuracy.ShouldBe(1.0);
        history.Epochs[history.BestEpoch - 1].ValidationLoss.ShouldBeLessThan(0.05);
        MostProbable(model, rows.All).ShouldBe(rows.All.Labels);
    }

    [TensorFact]
    public void Two_trainings_give_the_same_bytes_and_another_seed_others()
    {
        byte[] first = Bytes(Fit(s_shape, s_plan, "a").Model), again = Bytes(Fit(s_shape, s_plan, "b").Model);

        again.ShouldBe(first);
        Bytes(Fit(s_shape, s_plan with { Seed = 4 }, "c").Model).ShouldNotBe(first);
    }

    [TensorFact]
    public void The_validation_loss_is_that_of_the_model_s_own_predictions()
    {
        (TrainedModel model, TrainingHistory history) = Fit(s_shape, s_plan, "loss");
        TrainingBatch rows = _validation.All;

        float[] predicted = model.Predict(rows.Inputs, rows.Rows);

        double loss =
            Enumerable.Range(0, rows.Rows).Sum(row => -rows.Weights[row] * Math.Log(predicted[row * 4 + rows.Labels[row]]))
            / rows.Weights.Sum(weight => (double)weight);
        history.Epochs[history.BestEpoch - 1].ValidationLoss.ShouldBe(loss, 1e-5);
    }

    [TensorFact]
    public void The_history_tells_the_rate_of_each_epoch_s_last_batch()
    {
        (_, TrainingHistory history) = Fit(s_shape, s_plan with { Rate = new LearningRatePlan { Name = "step", Every = 2 } }, "rate");

        history.Epochs.Select(epoch => epoch.LearningRate).ShouldBe([0.01, 0.01, 0.005, 0.005, 0.0025]);
    }

    [TensorFact]
    public void Averaged_weights_are_what_is_validated_and_stored()
    {
        TrainingPlan plan = s_plan with { Average = 0.9, LearningRate = 0.05 };
        (TrainedModel model, TrainingHistory history) = Fit(s_shape, plan, "mean");

        float[] predicted = model.Predict(_validation.All.Inputs, _validation.All.Rows);

        double loss =
            Enumerable.Range(0, _validation.All.Rows)
                .Sum(row => -_validation.All.Weights[row] * Math.Log(predicted[row * 4 + _validation.All.Labels[row]]))
            / _validation.All.Weights.Sum(weight => (double)weight);
        history.Epochs[history.BestEpoch - 1].ValidationLoss.ShouldBe(loss, 1e-5);
        Bytes(model).ShouldNotBe(Bytes(Fit(s_shape, plan with { Average = 0 }, "last").Model));
    }

    [TensorFact]
    public void Patience_ends_a_training_that_no_longer_gains_and_the_best_epoch_is_the_model()
    {
        var noise = new Samples(64, 5, 4, 9, width: 30);
        TrainingPlan plan = s_plan with { Epochs = 60, Patience = 3, LearningRate = 0.05 };

        (TrainedModel model, TrainingHistory history) = Fit(s_shape, noise, _validation, plan, "patience");
        (TrainedModel best, _) = Fit(s_shape, noise, _validation, plan with { Epochs = history.BestEpoch, Patience = 0 }, "best");

        history.Epochs.Count.ShouldBeInRange(4, 59);
        history.EpochsWithoutGain(0).ShouldBe(3);
        history.BestEpoch.ShouldBe(history.Epochs.Count - 3);
        Bytes(model).ShouldBe(Bytes(best));
    }

    [TensorFact]
    public void Rows_without_weight_teach_nothing()
    {
        (TrainedModel model, TrainingHistory history) = Fit(
            s_shape,
            new Samples(300, 5, 4, 1) { WeightOfLast = 0 },
            new Samples(101, 5, 4, 2) { WeightOfLast = 0 },
            s_plan with { Epochs = 20 },
            "weightless");

        history.Epochs[^1].ClassLosses[3].ShouldBeNull();
        history.Epochs[^1].ClassLosses.Take(3).ShouldAllBe(loss => loss > 0);
        MostProbable(model, _validation.All).ShouldNotContain(3);
    }

    [TensorFact]
    public void A_batch_of_one_row_is_normalised_with_the_running_moments()
    {
        (TrainedModel model, TrainingHistory history) = Fit(
            s_shape,
            new Samples(1, 5, 4, 1),
            _validation,
            s_plan with { Epochs = 1 },
            "one row");

        history.Epochs.Count.ShouldBe(1);
        ManagedForward.Weights(model)
            .Single(weight => weight.Name == "norm.0.running_mean")
            .ToFloats()
            .ShouldAllBe(mean => mean == 0); // it moved none
    }

    [Fact]
    public void Portable_numbers_on_a_graphics_processor_are_misuse() =>
        Should.Throw<Misuse>(() => Fit(s_shape, s_plan with { Device = TrainingDevice.Cuda }, "cuda"))
            .Message.ShouldContain("numeric fastest");

    [TensorFact]
    public void A_source_that_breaks_its_word_is_a_defect()
    {
        var source = new Samples(20, 5, 6, 1);

        Should.Throw<Defect>(() => Fit(s_shape, source, source, s_plan, "labels")).Text.Facts[1].ShouldBe(("expected", "0 to 3"));
    }

    [TensorFact]
    public void A_last_batch_of_one_row_is_trained_with()
    {
        (_, TrainingHistory history) = Fit(
            s_shape,
            new Samples(75, 5, 4, 1),
            _validation,
            s_plan with { Epochs = 1, LastBatch = LastBatch.Keep },
            "one");

        double.IsFinite(history.Epochs[0].TrainLoss).ShouldBeTrue();
    }

    [Fact]
    public void An_unknown_activation_is_misuse_and_told_with_those_known() =>
        Should.Throw<Misuse>(() => Fit(s_shape with { Activation = "gelu" }, s_plan, "x")).Message.ShouldContain("relu, prelu");

    private (TrainedModel Model, TrainingHistory History) Fit(
        FlatNetworkShape shape,
        TrainingPlan plan,
        string scratch) => Fit(shape, _train, _validation, plan, scratch);

    private (TrainedModel Model, TrainingHistory History) Fit(
        FlatNetworkShape shape,
        ITrainingSource train,
        ITrainingSource validation,
        TrainingPlan plan,
        string scratch) => Trainer.Fit(shape, train, validation, plan, new(Path.Combine(_folder, scratch)));

    private static byte[] Bytes(TrainedModel model)
    {
        using var memory = new MemoryStream();
        model.Save(memory);
        return memory.ToArray();
    }

    private static int[] MostProbable(TrainedModel model, TrainingBatch batch) =>
        [.. model.Predict(batch.Inputs, batch.Rows).Chunk(model.Shape.Classes).Select(row => Array.IndexOf(row, row.Max()))];
}
