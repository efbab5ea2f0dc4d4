using TauPipeline.Foundation;
using TauPipeline.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>A training under way: the network, its optimiser, the best weights so far and the history.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const int MostValidationRows = 4096;

    private readonly NetworkShape _shape;
    private readonly TrainingPlan _plan;
    private readonly Device _device;
    private readonly IRowLoss _loss;
    private readonly IReadOnlyList<(string Name, Parameter Weight)> _weights;
    private double _rate;

    public TrainingRun(NetworkShape shape, TrainingPlan plan, Device device)
    {
        (_shape, _plan, _device) = (shape, plan, device);
        Network = shape.Network(CounterRandom.Key(plan.Seed, "weights"), plan.Numeric == Numeric.Portable);
        Network.to(device);
        _weights = [.. Network.named_parameters()];
        Optimiser = plan.OptimiserOf(_weights);
        Average = plan.Average > 0 ? new WeightAverage(Network, plan.Average) : null;
        _loss = plan.Loss.For(shape.Classes);
    }

    public nn.Module<NetworkInputs, Tensor> Network { get; }
    public IOptimiser Optimiser { get; }
    public WeightAverage? Average { get; }
    public TrainingHistory History { get; private set; } = new([]);
    public IReadOnlyList<StoredTensor> Best { get; private set; } = [];

    /// <summary>Whether all epochs are done, or patience is at its end.</summary>
    public bool IsOver =>
        History.Epochs.Count >= _plan.Epochs || (_plan.Patience > 0 && History.EpochsWithoutGain(_plan.MinDelta) >= _plan.Patience);

    /// <summary>Goes on from an earlier history and its best weights.</summary>
    public void Continue(TrainingHistory history, IReadOnlyList<StoredTensor> best) => (History, Best) = (history, best);

    /// <summary>Once through the training rows, once through the validation rows.</summary>
    public void RunEpoch(
        ITrainingSource train,
        ITrainingSource validation,
        Action<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        int epoch = History.Epochs.Count + 1;
        double trainLoss = Train(train, epoch, progress, cancellation);
        using IDisposable? averaged = Average?.Used();
        ClassLoss checkedWith = Validate(validation, epoch, cancellation);
        History = new([
            .. History.Epochs,
            new(epoch, trainLoss, checkedWith.Loss, checkedWith.Accuracy, _rate, checkedWith.PerClass),
        ]);
        if (History.BestEpoch == epoch) Best = TensorState.Taken(TensorState.Of(Network));
    }

    public void Dispose()
    {
        Network.Dispose();
        Optimiser.Dispose();
        Average?.Dispose();
    }

    // A convolution holds some megabytes for each row: with grids no more at once than the training holds anyway.
    private int ValidationRows =>
        _shape.Inputs.Any(input => input.IsGrid) ? Math.Min(MostValidationRows, _plan.BatchSize) : MostValidationRows;

    private double Train(ITrainingSource source, int epoch, Action<TrainingProgress>? progress, CancellationToken cancellation)
    {
        double loss = 0, weight = 0;
        long rows = 0;
        int number = 0;
        foreach (TrainingBatch batch in source.Batches(epoch, new BatchCut(_plan.BatchSize, _plan.LastBatch)))
        {
            cancellation.ThrowIfCancellationRequested();
            BatchCheck.Check(batch, _shape);
            _rate = _plan.LearningRate * _plan.Rate.FactorAt(epoch - 1 + (double)rows / source.Rows, _plan.Epochs, History);
            double sum = Step(batch, epoch, ++number);
            loss += sum;
            weight += batch.Weights.Sum(w => (double)w);
            rows += batch.Rows;
            progress?.Invoke(new(epoch, _plan.Epochs, rows, source.Rows, loss / weight));
        }
        return weight > 0 ? loss / weight : throw LearningErrors.NoWeight("training", rows, weight);
    }

    // The weighted sum is divided by the number of rows, not by the sum of their weights: then a batch of light rows pulls
    // less, and every row has the same pull whatever it meets in its batch.
    // Dropout draws from its key alone, so that a training that is taken up again draws the same.
    private double Step(TrainingBatch batch, int epoch, int number)
    {
        using DisposeScope scope = NewDisposeScope();
        Network.train();
        random.manual_seed((long)CounterRandom.Key(_plan.Seed, "dropout", $"{epoch}", $"{number}"));
        Tensor logits = Network.call(Inputs(batch));
        var total = new ClassLoss(_shape.Classes, _loss);
        float[] slopes = new float[batch.Rows * _shape.Classes];
        total.Add(batch, Values(logits), slopes);
        if (!double.IsFinite(total.Sum)) throw LearningErrors.NotFinite(total.Sum, epoch, number);
        logits.backward([tensor(slopes, [batch.Rows, _shape.Classes], device: _device)]);
        if (_plan.MostGradient > 0) GradientLength.Shorten(_weights.Select(one => one.Weight), _plan.MostGradient);
        Optimiser.Step(_rate);
        Average?.Take();
        return total.Sum;
    }

    private NetworkInputs Inputs(TrainingBatch batch) => new(batch.Inputs, batch.Rows, _device);

    private static float[] Values(Tensor logits) => logits.detach().cpu().data<float>().ToArray();

    private ClassLoss Validate(ITrainingSource source, int epoch, CancellationToken cancellation)
    {
        var total = new ClassLoss(_shape.Classes, _loss);
        Network.eval();
        using IDisposable none = no_grad();
        foreach (TrainingBatch batch in source.Batches(1, new BatchCut(ValidationRows, LastBatch.Keep)))
        {
            cancellation.ThrowIfCancellationRequested();
            BatchCheck.Check(batch, _shape);
            using DisposeScope scope = NewDisposeScope();
            total.Add(batch, Values(Network.call(Inputs(batch))));
        }
        if (!(total.Weight > 0)) throw LearningErrors.NoWeight("validation", source.Rows, total.Weight);
        return double.IsFinite(total.Loss) ? total : throw LearningErrors.NotFinite(total.Loss, epoch, null);
    }
}
