using TauPipeline.Foundation;
using TauPipeline.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>A training under way: the network, its optimiser, the best weights so far and the history.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const int ValidationRows = 4096;

    private readonly FlatNetworkShape _shape;
    private readonly TrainingPlan _plan;
    private readonly Device _device;

    public TrainingRun(FlatNetworkShape shape, TrainingPlan plan, Device device)
    {
        (_shape, _plan, _device) = (shape, plan, device);
        bool isPortable = plan.Numeric == Numeric.Portable;
        Network = new FlatNetwork(shape, CounterRandom.Key(plan.Seed, "weights"), isPortable);
        Network.to(device);
        Optimiser = isPortable
            ? new PortableAdam(Network.named_parameters(), plan.AdamSettings())
            : LibraryOptimiser.Of(Network.parameters(), plan.AdamSettings());
    }

    public FlatNetwork Network { get; }
    public IOptimiser Optimiser { get; }
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
        ClassLoss checkedWith = Validate(validation, epoch, cancellation);
        History = new([
            .. History.Epochs,
            new(epoch, trainLoss, checkedWith.Loss, checkedWith.Accuracy, _plan.LearningRate, checkedWith.PerClass),
        ]);
        if (History.BestEpoch == epoch) Best = TensorState.Taken(Network.State);
    }

    public void Dispose()
    {
        Network.Dispose();
        Optimiser.Dispose();
    }

    private double Train(ITrainingSource source, int epoch, Action<TrainingProgress>? progress, CancellationToken cancellation)
    {
        double loss = 0, weight = 0;
        long rows = 0;
        int number = 0;
        foreach (TrainingBatch batch in source.Batches(epoch, new BatchCut(_plan.BatchSize, _plan.LastBatch)))
        {
            cancellation.ThrowIfCancellationRequested();
            BatchCheck.Check(batch, _shape);
            float mean = Step(batch, CounterRandom.Key(_plan.Seed, "dropout", $"{epoch}", $"{++number}"));
            if (!float.IsFinite(mean)) throw LearningErrors.NotFinite(mean, epoch, number);
            loss += (double)mean * batch.Rows;
            weight += batch.Weights.Sum(w => (double)w);
            rows += batch.Rows;
            progress?.Invoke(new(epoch, _plan.Epochs, rows, source.Rows, loss / weight));
        }
        return weight > 0 ? loss / weight : throw LearningErrors.NoWeight("training", rows, weight);
    }

    // The weighted sum is divided by the number of rows, not by the sum of their weights: then a batch of light rows pulls
    // less, and every row has the same pull whatever it meets in its batch.
    // Dropout draws from the key alone, so that a training that is taken up again draws the same.
    private float Step(TrainingBatch batch, ulong key)
    {
        using DisposeScope scope = NewDisposeScope();
        Network.train();
        random.manual_seed((long)key);
        Tensor losses = nn.functional.cross_entropy(
            Network.call(Features(batch)),
            tensor(batch.Labels, ScalarType.Int64, _device),
            reduction: nn.Reduction.None);
        Tensor loss = losses.mul(tensor(batch.Weights, device: _device)).sum().mul(1.0 / batch.Rows);
        loss.backward();
        Optimiser.Step();
        return loss.item<float>();
    }

    private Tensor Features(TrainingBatch batch) => tensor(batch.Features, [batch.Rows, _shape.Inputs], device: _device);

    private ClassLoss Validate(ITrainingSource source, int epoch, CancellationToken cancellation)
    {
        var total = new ClassLoss(_shape.Classes);
        Network.eval();
        using IDisposable none = no_grad();
        foreach (TrainingBatch batch in source.Batches(1, new BatchCut(ValidationRows, LastBatch.Keep)))
        {
            cancellation.ThrowIfCancellationRequested();
            BatchCheck.Check(batch, _shape);
            using DisposeScope scope = NewDisposeScope();
            total.Add(batch, Network.call(Features(batch)).cpu().data<float>().ToArray());
        }
        if (!(total.Weight > 0)) throw LearningErrors.NoWeight("validation", source.Rows, total.Weight);
        return double.IsFinite(total.Loss) ? total : throw LearningErrors.NotFinite(total.Loss, epoch, null);
    }
}
