using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Tests.Unit.Tensors;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>A training that makes something not finite stops, and names what made it.</summary>
[Collection(TensorFixture.Collection)]
public sealed class NotFiniteTests : IDisposable
{
    private static readonly TrainingPlan s_plan = new() { Epochs = 3, BatchSize = 37, LearningRate = 0.01, Seed = 3, Threads = 1 };

    private readonly Samples _train = new(300, 5, 4, 1), _validation = new(101, 5, 4, 2);
    private readonly string _folder = Directory.CreateTempSubdirectory("tau-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Batch normalisation makes all rows' losses NaN of one row's input.
    [TensorTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_an_input_that_is_not(bool norm)
    {
        StepFailed failed = Failure(norm, batch => batch.Inputs[0].Values[5 * 7 + 3] = float.PositiveInfinity);

        failed.Message.ShouldContain("the loss is not a finite number");
        failed.Text.Facts.ShouldBe(
        [
            ("epoch", "2"), ("batch", "4, of 33 rows"), ("rows", "1, not finite"), ("first of them", "place 7"),
            ("it has", "Infinity as number 3 of input 'tau'"),
        ]);
    }

    [TensorFact]
    public void Of_a_weight_that_is_not()
    {
        StepFailed failed = Failure(norm: true, batch => batch.Weights[9] = batch.Weights[20] = float.NaN);

        failed.Text.Facts.Skip(2).ShouldBe([("rows", "2, not finite"), ("first of them", "place 9"), ("it has", "weight NaN")]);
    }

    [TensorFact]
    public void Of_finite_numbers_a_gradient()
    {
        StepFailed failed = Failure(norm: false, batch =>
        {
            Array.Fill(batch.Weights, 3e38f);
            Array.Fill(batch.Inputs[0].Values, 1e6f);
        });

        failed.Message.ShouldContain("a gradient is not a finite number");
        failed.Text.Facts.ShouldBe([("epoch", "2"), ("batch", "4, of 33 rows"), ("first of the batch", "place 0")]);
        failed.Text.Advice.ShouldNotBeNull().ShouldContain("train.learning_rate");
    }

    [TensorFact]
    public void Of_a_row_to_check_with()
    {
        var spoilt = new Spoilt(_validation, 1, 1, batch => batch.Inputs[0].Values[^1] = float.NaN);

        StepFailed failed = Should.Throw<StepFailed>(() => Fit(norm: true, _train, spoilt));

        failed.Message.ShouldContain("the validation loss is not a finite number");
        failed.Text.Facts.ShouldContain(("first of them", "place 100"));
    }

    private StepFailed Failure(bool norm, Action<TrainingBatch> spoil) =>
        Should.Throw<StepFailed>(() => Fit(norm, new Spoilt(_train, 2, 4, spoil), _validation));

    private void Fit(bool norm, ITrainingSource train, ITrainingSource validation) =>
        Trainer.Fit(new FlatNetworkShape(5, [16, 12], 4, Dropout: 0, norm, "relu"), train, validation, s_plan, new(_folder));

    /// <summary>Rows that know their places, one batch of which is spoilt.</summary>
    private sealed class Spoilt(ITrainingSource source, int epoch, int batch, Action<TrainingBatch> spoil) : ITrainingSource
    {
        public long Rows => source.Rows;

        public IEnumerable<TrainingBatch> Batches(int which, BatchCut cut, int done = 0)
        {
            int number = done;
            foreach (TrainingBatch good in source.Batches(which, cut, done))
            {
                if (which == epoch && ++number == batch) spoil(good);
                yield return good with { Origin = row => $"place {row}" };
            }
        }
    }
}
