using System.Text.Json;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Tensors;
using TauPipeline.Tests.Unit.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

[Collection(TensorFixture.Collection)]
public sealed class TrainedModelTests(TensorFixture fixture) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tau-").FullName;
    private readonly Samples _rows = new(5000, 7, 3, 11);
    private int _models;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_model_file_made_by_torch_predicts_what_torch_predicts()
    {
        using FileStream file = File.OpenRead(Path.Combine(TensorFixture.Data, "model.pt"));
        JsonElement expected = fixture.Oracle.GetProperty("model");

        float[] predicted = TrainedModel.Load(file).Predict(Tau(TensorFixture.Floats(expected.GetProperty("x"))), 5);

        predicted.ShouldBe(TensorFixture.Floats(expected.GetProperty("probabilities")), 1e-6f);
    }

    [TensorFact]
    public void Predictions_are_those_of_the_network_s_definition()
    {
        foreach (
            FlatNetworkShape shape in (FlatNetworkShape[])
                [new(7, [20, 10], 3, 0.2, true, "prelu"), new(7, [9], 3, 0, false, "relu"), new(7, [], 3, 0, true, "relu")])
        {
            TrainedModel model = Model(shape);
            TrainingBatch batch = _rows.All;

            float[] predicted = model.Predict(batch.Inputs, batch.Rows);

            predicted.Length.ShouldBe(5000 * 3);
            foreach (int row in (int[])[0, 1, 4095, 4096, 4999])
                for (int c = 0; c < 3; c++)
                    ((double)predicted[row * 3 + c]).ShouldBe(
                        ManagedForward.Probabilities(model, batch.Inputs[0].Values.AsSpan(row * 7, 7))[c],
                        1e-5);
        }
    }

    [TensorFact]
    public void A_row_s_score_does_not_depend_on_its_company()
    {
        TrainedModel model = Model(new(7, [33, 20], 3, 0.2, true, "prelu"));
        float[] features = new Samples(16_384, 7, 3, 11).All.Inputs[0].Values;

        float[] together = model.Predict(Tau(features), 16_384);

        foreach ((int first, int rows) in ((int, int)[])[(0, 1), (17, 1), (16_383, 1), (0, 7), (9_001, 7), (1, 16_383), (2500, 63)])
            model.Predict(Tau(features[(first * 7)..((first + rows) * 7)]), rows).ShouldBe(together.AsSpan(first * 3, rows * 3).ToArray());
    }

    [TensorFact]
    public void A_model_is_the_same_after_its_file()
    {
        TrainedModel model = Model(new(7, [20], 3, 0.2, true, "prelu"))
            .With(new Dictionary<string, string> { ["features"] = "tau_pt tau_eta", ["classes"] = "Tau Jet Électron" });

        TrainedModel read = TrainedModel.Load(new MemoryStream(Bytes(model)));

        Bytes(read).ShouldBe(Bytes(model));
        read.Metadata["classes"].ShouldBe("Tau Jet Électron");
        read.Shape.ShouldBeOfType<FlatNetworkShape>().Hidden.ShouldBe([20]);
        ManagedForward.Weights(read)[0].Name.ShouldBe("hidden.0.weight");
        ManagedForward.Weights(read)[0].Shape.ShouldBe([20L, 7L]);
        read.Predict(_rows.All.Inputs, 5000).ShouldBe(model.Predict(_rows.All.Inputs, 5000));
    }

    [Fact]
    public void A_model_whose_weights_do_not_fit_its_shape_is_refused()
    {
        using FileStream file = File.OpenRead(Path.Combine(TensorFixture.Data, "model.pt"));
        TorchFile good = TorchFile.Read(file);
        using var memory = new MemoryStream();
        new TorchFile(good.Tensors, new Dictionary<string, string> { ["shape.json"] = good.Texts["shape.json"].Replace("40", "41") }).Write(
            memory);

        Should.Throw<StepFailed>(() => TrainedModel.Load(memory))
            .Message.ShouldContain("'hidden.0.weight' of Float32 [40, 7] where the shape asks for [41, 7]");
    }

    [Fact]
    public void A_torch_file_that_is_no_model_is_refused()
    {
        using FileStream file = File.OpenRead(Path.Combine(TensorFixture.Data, "state_dict.pt"));

        Should.Throw<StepFailed>(() => TrainedModel.Load(file)).Message.ShouldContain("no shape.json");
    }

    [TensorFact]
    public void Features_of_another_width_are_a_defect() =>
        Should.Throw<Defect>(() => Model(new(7, [4], 3, 0, false, "relu")).Predict(Tau(new float[4], 2), 2)).Message.ShouldContain("'tau' of 7");

    [Fact]
    public void A_model_without_training_says_why_and_has_no_score()
    {
        TrainedModel model = TrainedModel.WithoutTraining(new FlatNetworkShape(2, [4], 3, 0, false, "relu"), "no row")
            .With(new Dictionary<string, string> { ["features"] = "a,b" });

        TrainedModel read = TrainedModel.Load(new MemoryStream(Bytes(model)));

        read.Untrained.ShouldBe("no row");
        read.Metadata["features"].ShouldBe("a,b");
        read.Predict(Tau(new float[4], 2), 2).ShouldBe([.. Enumerable.Repeat(float.NaN, 6)]);
        Bytes(read).ShouldBe(Bytes(model));
    }

    private TrainedModel Model(FlatNetworkShape shape) => Trainer.Fit(
        shape, _rows, new Samples(100, 7, 3, 12), new() { Epochs = 1, BatchSize = 250, LearningRate = 0.01, Seed = 1, Threads = 1 },
        new(Path.Combine(_folder, $"{_models++}"))).Model;

    private static IReadOnlyList<InputRows> Tau(float[] values, int features = 7) => [new(new(InputShape.Tau, features), values)];

    private static byte[] Bytes(TrainedModel model)
    {
        using var memory = new MemoryStream();
        model.Save(memory);
        return memory.ToArray();
    }
}
