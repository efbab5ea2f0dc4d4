using TauPipeline.Foundation;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>A training under way: the network, its optimiser, the best weights so far and the history.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const int ValidationRows = 4096;

    private readonly FlatNetworkShape _shape;
    private readonly TrainingPlan _plan;

    public TrainingRun(FlatNetworkShape shape, TrainingPlan plan)
    {
        (_shape, _plan) = (shape, plan);
        Network = new FlatNetwork(shape, CounterRandom.Key(plan.Seed, "weights"));
        Optimiser = new Adam(Network.State, plan.AdamSettings());
    }

    public FlatNetwork Network { get; }
    public Adam Optimiser { get; }
    public TrainingHistory History { get; private set; } = new([]);
    public IReadOnlyList<StoredTensor> Best { get; private set; } = [];

    /// <summary>Whether all epochs are done, or patience is at its end.</summary>
    public bool IsOver => History.Epochs.Count >= _plan.Epochs || (_plan.Patience > 0 && History.EpochsWithoutGain(_plan.MinDelta) >= _plan.Patience);

    /// <summary>Goes on from an earlier history and its best weights.</summary>
    public void Continue(TrainingHistory history, IReadOnlyList<StoredTensor> best) => (History, Best) = (history, best);

    /// <summary>Once through the training rows, once through the validation rows.</summary>
    public void RunEpoch(ITrainingSource train, ITrainingSource validation, Action<TrainingProgress>? progress, CancellationToken cancellation)
    {
        int epoch = History.Epochs.Count + 1;
        double trainLoss = Train(train, epoch, progress, cancellation);
        ClassLoss checkedWith = Validate(validation, epoch, cancellation);
        History = new([.. History.Epochs, new(epoch, trainLoss, checkedWith.Loss, checkedWith.Accuracy, _plan.LearningRate, checkedWith.PerClass)]);
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
    private float Step(TrainingBatch batch, ulong key)
    {
        using var scope = new TensorScope();
        Tensor logits = Network.Forward(Tensor.From(batch.Features, batch.Rows, _shape.Inputs), new Pass(true, key));
        Tensor losses = logits.cross_entropy(Tensor.From(Array.ConvertAll(batch.Labels, label => (long)label), batch.Rows));
        Tensor loss = losses.mul(Tensor.From(batch.Weights, batch.Rows)).sum().mul(1.0 / batch.Rows);
        loss.backward();
        Optimiser.Step();
        return loss.item();
    }

    private ClassLoss Validate(ITrainingSource source, int epoch, CancellationToken cancellation)
    {
        var total = new ClassLoss(_shape.Classes);
        using NoGrad none = NoGrad.Begin();
        foreach (TrainingBatch batch in source.Batches(1, new BatchCut(ValidationRows, LastBatch.Keep)))
        {
            cancellation.ThrowIfCancellationRequested();
            BatchCheck.Check(batch, _shape);
            using var scope = new TensorScope();
            total.Add(batch, Network.Forward(Tensor.From(batch.Features, batch.Rows, _shape.Inputs), Pass.Inference).ToFloats());
        }
        if (!(total.Weight > 0)) throw LearningErrors.NoWeight("validation", source.Rows, total.Weight);
        return double.IsFinite(total.Loss) ? total : throw LearningErrors.NotFinite(total.Loss, epoch, null);
    }
}
