using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Tests.Unit.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>Trainings that begin with the weights of another model.</summary>
[Collection(TensorFixture.Collection)]
public sealed class WarmStartTests : IDisposable
{
    private static readonly FlatNetworkShape s_shape = new(5, [16, 12], 4, Dropout: 0.1, BatchNorm: true, "prelu");

    // Too small a rate to move a weight that is not zero.
    private static readonly TrainingPlan s_still = new() { Epochs = 1, BatchSize = 37, LearningRate = 1e-30, Seed = 3, Threads = 1 };
    private static readonly TrainingPlan s_moving = s_still with { Epochs = 3, LearningRate = 0.01, Seed = 7 };

    private readonly Samples _train = new(300, 5, 4, 1), _validation = new(101, 5, 4, 2);
    private readonly string _folder = Directory.CreateTempSubdirectory("tau-").FullName;
    private int _trainings;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TensorFact]
    public void Layers_that_are_taken_are_the_model_s_and_the_others_as_without_a_start()
    {
        TrainedModel before = Fit(s_shape, s_moving), drawn = Fit(s_shape, s_still);
        IReadOnlyList<string> taken = [];

        TrainedModel all = Fit(s_shape, s_still with { Start = new WarmStart(before, []) }, layers => taken = layers);
        taken.ShouldBe(["hidden.0", "hidden.1", "norm.0", "norm.1", "activation.0", "activation.1", "output"], ignoreOrder: true);
        TrainedModel some = Fit(s_shape, s_still with { Start = new WarmStart(before, ["*.0", "out*"]) }, layers => taken = layers);

        taken.ShouldBe(["hidden.0", "norm.0", "activation.0", "output"], ignoreOrder: true);
        foreach (string name in (string[])["hidden.0.weight", "hidden.0.bias", "activation.0.weight", "output.weight", "output.bias"])
        {
            Values(all, name).ShouldBe(Values(before, name), name);
            Values(some, name).ShouldBe(Values(before, name), name);
            Values(drawn, name).ShouldNotBe(Values(before, name), name);
        }
        Values(all, "hidden.1.weight").ShouldBe(Values(before, "hidden.1.weight"));
        Values(some, "hidden.1.weight").ShouldBe(Values(drawn, "hidden.1.weight"));
    }

    [TensorFact]
    public void A_layer_of_another_shape_is_refused_and_what_fits_is_named()
    {
        TrainedModel before = Fit(s_shape with { Classes = 3 }, s_moving, classes: 3);

        StepFailed failed = Should.Throw<StepFailed>(() => Fit(s_shape, s_still with { Start = new WarmStart(before, []) }));

        failed.Message.ShouldContain("a training cannot start from a model whose layers are others");
        failed.Text.Facts.ShouldBe([("output", "[4, 12] here, [3, 12] in the file")]);
        string advice = failed.Text.Advice.ShouldNotBeNull();
        string[] fitting = advice.Split('[', ']')[1].Split(", ");
        Fit(s_shape, s_still with { Start = new WarmStart(before, fitting) }); // as advised
    }

    [TensorFact]
    public void A_layer_that_is_not_there_another_network_and_a_pattern_of_nothing_are_refused()
    {
        TrainedModel shallow = Fit(s_shape with { Hidden = [16], BatchNorm = false }, s_moving);
        TrainedModel other = Fit(s_shape with { Hidden = [], BatchNorm = false }, s_moving);

        Refused(new WarmStart(shallow, ["hidden.*"])).Text.Facts.ShouldBe([("hidden.1", "not in the file")]);
        Refused(new WarmStart(other, ["hidden.*", "norm.*"])).Message.ShouldContain("from the model of another network");
        Refused(new WarmStart(shallow, ["hiden.*"])).Text.Facts.Single().Value.ShouldContain("hidden.");
        Should.Throw<StepFailed>(() => new WarmStart(TrainedModel.WithoutTraining(s_shape, "no row is left to train on"), []))
            .Text.Facts.ShouldBe([("because", "no row is left to train on")]);
    }

    [TensorFact]
    public void One_that_is_stopped_goes_on_to_the_same_bytes_and_the_checkpoint_of_another_start_is_not_taken_up()
    {
        TrainedModel one = Fit(s_shape, s_moving), two = Fit(s_shape, s_moving with { Seed = 8 });
        TrainingPlan plan = s_moving with { Start = new WarmStart(one, []) };
        byte[] whole = Bytes(Fit(s_shape, plan));
        using var stop = new CancellationTokenSource();
        var place = new TrainingPlace(Path.Combine(_folder, "stopped"));

        Should.Throw<OperationCanceledException>(() =>
            Trainer.Fit(s_shape, _train, _validation, plan, place with { Progress = _ => stop.Cancel(), Cancellation = stop.Token }));
        Bytes(Trainer.Fit(s_shape, _train, _validation, plan, place).Model).ShouldBe(whole);
        TrainingPlan other = plan with { Start = new WarmStart(two, []) };

        Bytes(Trainer.Fit(s_shape, _train, _validation, other, place).Model).ShouldBe(Bytes(Fit(s_shape, other)));
    }

    private StepFailed Refused(WarmStart start) => Should.Throw<StepFailed>(() => Fit(s_shape, s_still with { Start = start }));

    private TrainedModel Fit(
        FlatNetworkShape shape, TrainingPlan plan, Action<IReadOnlyList<string>>? started = null, int classes = 4) => Trainer.Fit(
        shape,
        classes == 4 ? _train : new Samples(300, 5, classes, 1),
        classes == 4 ? _validation : new Samples(101, 5, classes, 2),
        plan,
        new(Path.Combine(_folder, $"{_trainings++}")) { Started = started ?? (_ => { }) }).Model;

    private static float[] Values(TrainedModel model, string name) =>
        ManagedForward.Weights(model).Single(weight => weight.Name == name).ToFloats();

    private static byte[] Bytes(TrainedModel model)
    {
        using var memory = new MemoryStream();
        model.Save(memory);
        return memory.ToArray();
    }
}
