using Shouldly;
using TauPipeline.Learning;
using TauPipeline.Tensors;
using TauPipeline.Tests.Unit.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>Epochs that are kept: a model each, and what it takes to go on from there.</summary>
[Collection(TensorFixture.Collection)]
public sealed class EpochCheckpointTests : IDisposable
{
    private static readonly FlatNetworkShape s_shape = new(5, [16, 12], 4, Dropout: 0.1, BatchNorm: true, "prelu");
    private static readonly TrainingPlan s_plan = new()
    {
        Epochs = 5,
        BatchSize = 37,
        LearningRate = 0.01,
        Optimiser = "nadam",
        Average = 0.9,
        Seed = 3,
        Threads = 1,
    };

    private readonly Samples _train = new(300, 5, 4, 1), _validation = new(101, 5, 4, 2);
    private readonly string _folder = Directory.CreateTempSubdirectory("tau-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TensorFact]
    public void Every_second_and_the_last_are_the_models_that_shorter_trainings_would_have_stored_last()
    {
        TrainingHistory history = Fit(s_plan, new("kept") { KeepEvery = 2 }).History;

        Kept("kept").Select(EpochCheckpoint.EpochOf).ShouldBe([2, 4, 5]);
        foreach (int epoch in (int[])[2, 4, 5])
        {
            TrainedModel kept = Load("kept", epoch);
            Loss(kept).ShouldBe(history.Epochs[epoch - 1].ValidationLoss, 1e-5);
            Weights(kept).ShouldBe(Weights(Fit(s_plan with { Epochs = epoch }, new($"{epoch}") { KeepEvery = 9 }, $"{epoch}", epoch)));
        }
    }

    [TensorFact]
    public void A_training_that_no_longer_gains_keeps_the_epoch_it_ended_with()
    {
        TrainingPlan plan = s_plan with { Epochs = 90, Patience = 1, LearningRate = 0.2 };

        TrainingHistory history = Fit(plan, new("early") { KeepEvery = 50 }).History;

        history.Epochs.Count.ShouldBeLessThan(50);
        Kept("early").ShouldBe([EpochCheckpoint.FileOf(history.Epochs.Count)]);
    }

    [TensorFact]
    public void One_that_was_killed_and_taken_up_again_keeps_the_same_bytes()
    {
        Fit(s_plan, new("whole") { KeepEvery = 2 });
        int steps = 0;
        void Killed(TrainingProgress _)
        {
            if (++steps == 20) throw new InvalidOperationException("killed"); // in the third epoch
        }
        Should.Throw<InvalidOperationException>(() => Fit(s_plan, new("killed") { KeepEvery = 2, Progress = Killed }));
        Kept("killed").ShouldBe([EpochCheckpoint.FileOf(2)]);

        Fit(s_plan, new("killed") { KeepEvery = 2 });

        foreach (string file in Kept("whole"))
            Bytes("killed", file).ShouldBe(Bytes("whole", file), file);
    }

    [TensorFact]
    public void Optimiser_schedule_texts_and_weights_that_are_not_averaged_stand_beside_the_model()
    {
        Fit(s_plan, new("kept") { KeepEvery = 5, Texts = new Dictionary<string, string> { ["classes"] = "a,b" } });
        using FileStream stream = File.OpenRead(Path.Combine(_folder, "kept", EpochCheckpoint.FileOf(5)));

        TorchFile file = TorchFile.Read(stream);

        file.Find("training.optimiser.output.weight.exp_avg_sq").Shape.ShouldBe([4, 12]);
        file.Find("training.optimiser.step").ToLongs().ShouldBe([45]);
        file.Find("training.network.output.weight").ToFloats().ShouldNotBe(file.Find("output.weight").ToFloats());
        file.Texts["training.json"].ShouldContain("\"Epoch\":5,\"LearningRate\":0.01,");
        Load("kept", 5).Metadata["classes"].ShouldBe("a,b");
    }

    private (TrainedModel Model, TrainingHistory History) Fit(TrainingPlan plan, TrainingPlace place) =>
        Trainer.Fit(s_shape, _train, _validation, plan, place with { Scratch = Path.Combine(_folder, place.Scratch) });

    private TrainedModel Fit(TrainingPlan plan, TrainingPlace place, string folder, int epoch)
    {
        Fit(plan, place);
        return Load(folder, epoch);
    }

    private string[] Kept(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(_folder, folder), "epoch_*").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
    ];

    private byte[] Bytes(string folder, string file) => File.ReadAllBytes(Path.Combine(_folder, folder, file));

    private TrainedModel Load(string folder, int epoch)
    {
        using FileStream file = File.OpenRead(Path.Combine(_folder, folder, EpochCheckpoint.FileOf(epoch)));
        return TrainedModel.Load(file);
    }

    private double Loss(TrainedModel model)
    {
        TrainingBatch rows = _validation.All;
        float[] predicted = model.Predict(rows.Inputs, rows.Rows);
        return Enumerable.Range(0, rows.Rows).Sum(row => -rows.Weights[row] * Math.Log(predicted[row * 4 + rows.Labels[row]]))
            / rows.Weights.Sum(weight => (double)weight);
    }

    private static float[] Weights(TrainedModel model) => [.. ManagedForward.Weights(model).SelectMany(tensor => tensor.ToFloats())];
}
