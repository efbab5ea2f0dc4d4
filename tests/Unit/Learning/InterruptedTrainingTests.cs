using Shouldly;
using TauPipeline.Learning;
using TauPipeline.Tests.Unit.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>A training that was stopped or killed anywhere goes on where it was, and ends with the bytes of one that never was.</summary>
[Collection(TensorFixture.Collection)]
public sealed class InterruptedTrainingTests : IDisposable
{
    private const int BatchesOfAnEpoch = 9;

    private static readonly FlatNetworkShape s_shape = new(5, [16, 12], 4, Dropout: 0.1, BatchNorm: true, "prelu");
    private static readonly TrainingPlan s_plan = new()
    {
        Epochs = 4,
        BatchSize = 37,
        LearningRate = 0.01,
        Optimiser = "nadam",
        Seed = 3,
        Threads = 1,
    };

    private static readonly Dictionary<string, TrainingPlan> s_plans = new()
    {
        ["plain"] = s_plan,
        ["all else"] = s_plan with
        {
            Optimiser = "sgd",
            Momentum = 0.9,
            Nesterov = true,
            Average = 0.9,
            MostGradient = 0.5,
            Loss = new LossPlan { Name = "focal" },
            Rate = new LearningRatePlan { Name = "plateau", Patience = 1, WarmUp = 1.5 },
        },
        ["adapted"] = s_plan with { Adaptation = new AdaptationPlan() },
    };

    private readonly Samples _train = new(300, 5, 4, 1), _validation = new(101, 5, 4, 2);
    private readonly string _folder = Directory.CreateTempSubdirectory("tau-").FullName;

    public static TheoryData<string> Plans => [.. s_plans.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TensorTheory]
    [MemberData(nameof(Plans))]
    public void One_that_is_stopped_loses_no_step_and_gives_the_same_bytes(string name)
    {
        TrainingPlan plan = s_plans[name];
        var whole = Fit(plan, new("whole"));
        foreach ((int epoch, int batch) in ((int, int)[])[(1, 1), (2, 4), (3, BatchesOfAnEpoch)])
        {
            using var stop = new CancellationTokenSource();
            var place = new TrainingPlace($"stopped in {epoch} {batch}") { Cancellation = stop.Token };
            var steps = new Steps(epoch, batch, stop.Cancel);

            Should.Throw<OperationCanceledException>(() => Fit(plan, place with { Progress = steps.Count }));
            var resumed = Fit(plan, place with { Progress = steps.Count, Cancellation = default });

            steps.All.ShouldBe(plan.Epochs * BatchesOfAnEpoch);
            ShouldBeSame(resumed, whole);
        }
    }

    [TensorTheory]
    [MemberData(nameof(Plans))]
    public void One_that_is_killed_repeats_what_came_after_its_last_checkpoint_alone(string name)
    {
        TrainingPlan plan = s_plans[name];
        var whole = Fit(plan, new("whole"));
        int asked = 0;
        var place = new TrainingPlace("killed") { IsCheckpointDue = () => ++asked % 4 == 0 };
        var steps = new Steps(2, 6, () => throw new InvalidOperationException("killed")); // 15 steps; the last checkpoint is after 12

        Should.Throw<InvalidOperationException>(() => Fit(plan, place with { Progress = steps.Count }));
        var resumed = Fit(plan, place with { Progress = steps.Count });

        steps.All.ShouldBe(plan.Epochs * BatchesOfAnEpoch + 3);
        ShouldBeSame(resumed, whole);
    }

    [TensorFact]
    public void One_that_is_stopped_while_it_validates_trains_no_epoch_twice()
    {
        TrainingPlan plan = s_plans["all else"]; // averaged weights lie in the network's place meanwhile
        var whole = Fit(plan, new("whole"));
        using var stop = new CancellationTokenSource();
        var steps = new Steps(0, 0, () => { });
        var place = new TrainingPlace(Path.Combine(_folder, "stopped")) { Progress = steps.Count };

        Should.Throw<OperationCanceledException>(() =>
            Trainer.Fit(s_shape, _train, new Stopping(_validation, stop), plan, place with { Cancellation = stop.Token }));
        var resumed = Fit(plan, place);

        steps.All.ShouldBe(plan.Epochs * BatchesOfAnEpoch);
        ShouldBeSame(resumed, whole);
    }

    [TensorFact]
    public void Every_step_and_every_epoch_is_noted_with_the_rows_of_each_class()
    {
        var notes = new List<(string Series, Dictionary<string, double> Values)>();

        TrainingHistory history = Fit(s_plan, new("noted")
        {
            Note = (series, values) => notes.Add((series, values.ToDictionary(one => one.Name, one => one.Value))),
        }).History;

        Dictionary<string, double>[] batches = [.. notes.Where(note => note.Series == "batch").Select(note => note.Values)];
        batches.Length.ShouldBe(s_plan.Epochs * BatchesOfAnEpoch);
        (batches[^1]["epoch"], batches[^1]["batch"], batches[^1]["rate"]).ShouldBe((4, 9, 0.01));
        foreach (int label in (int[])[0, 1, 2, 3]) // 300 rows, row i of class i % 4
            batches.Where(batch => batch["epoch"] == 2).Sum(batch => batch.GetValueOrDefault($"rows of class {label}")).ShouldBe(75);
        notes.Where(note => note.Series == "epoch").Select(note => note.Values["validation loss"])
            .ShouldBe(history.Epochs.Select(epoch => epoch.ValidationLoss));
    }

    [TensorFact]
    public void One_that_is_finished_is_not_run_again()
    {
        var first = Fit(s_plan, new("done"));

        var again = Fit(s_plan, new("done") { Progress = _ => throw new InvalidOperationException("a batch was run") });

        ShouldBeSame(again, first);
    }

    [TensorFact]
    public void A_damaged_checkpoint_or_one_of_another_plan_is_not_taken_up()
    {
        var whole = Fit(s_plan, new("whole"));
        Fit(s_plan with { LearningRate = 0.02 }, new("other"));
        Fit(s_plan with { Epochs = 2 }, new("torn"));
        string torn = Path.Combine(_folder, "torn", "checkpoint.pt");
        File.WriteAllBytes(torn, File.ReadAllBytes(torn)[..^100]);

        ShouldBeSame(Fit(s_plan, new("other")), whole);
        ShouldBeSame(Fit(s_plan, new("torn")), whole);
    }

    private (TrainedModel Model, TrainingHistory History) Fit(TrainingPlan plan, TrainingPlace place) =>
        Trainer.Fit(
            s_shape,
            _train,
            _validation,
            plan,
            place with { Scratch = Path.Combine(_folder, place.Scratch) },
            plan.Adaptation is null ? null : new Controls(20, 5, 4).Region);

    private static void ShouldBeSame(
        (TrainedModel Model, TrainingHistory History) one, (TrainedModel Model, TrainingHistory History) other)
    {
        Bytes(one.Model).ShouldBe(Bytes(other.Model));
        one.History.Epochs.Select(Line).ShouldBe(other.History.Epochs.Select(Line));
    }

    // The list in a record compares by reference.
    private static string Line(EpochRecord epoch) => $"{epoch with { ClassLosses = [] }} {string.Join(' ', epoch.ClassLosses)}";

    private static byte[] Bytes(TrainedModel model)
    {
        using var memory = new MemoryStream();
        model.Save(memory);
        return memory.ToArray();
    }

    /// <summary>Counts steps of the optimiser, and does something once after one of them.</summary>
    private sealed class Steps(int epoch, int batch, Action then)
    {
        private int _ofEpoch, _epoch;
        private bool _isDone;

        public int All { get; private set; }

        public void Count(TrainingProgress at)
        {
            All++;
            (_ofEpoch, _epoch) = (at.Epoch == _epoch ? _ofEpoch + 1 : 1, at.Epoch);
            if (_isDone || (_epoch, _ofEpoch) != (epoch, batch)) return;
            _isDone = true;
            then();
        }
    }

    /// <summary>Rows that stop the training when they are asked for the second time.</summary>
    private sealed class Stopping(ITrainingSource rows, CancellationTokenSource stop) : ITrainingSource
    {
        private int _asked;

        public long Rows => rows.Rows;

        public IEnumerable<TrainingBatch> Batches(int epoch, BatchCut cut, int done = 0)
        {
            if (++_asked == 2) stop.Cancel();
            return rows.Batches(epoch, cut, done);
        }
    }
}
