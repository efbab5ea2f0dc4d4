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

    private readonly NetworkShape _shape, _control;
    private readonly TrainingPlan _plan;
    private readonly Device _device;
    private readonly IRowLoss _loss;
    private readonly HeadLosses _heads;
    private readonly IReadOnlyList<(string Name, Parameter Weight)> _weights;

    public TrainingRun(NetworkShape shape, TrainingPlan plan, Device device)
    {
        (_shape, _plan, _device) = (shape, plan, device);
        _control = shape with { Heads = null }; // control rows have no truth
        Network = shape.Network(CounterRandom.Key(plan.Seed, "weights"), plan.Numeric == Numeric.Portable);
        if (plan.Start is not null) Started = plan.Start.LayInto(Network);
        Network.to(device);
        _weights = [.. Network.named_parameters()];
        Optimiser = plan.OptimiserOf(_weights);
        Adversary = plan.Adaptation is { } adaptation ? new Adversary(shape, plan, adaptation, device) : null;
        Average = plan.Average > 0 ? new WeightAverage(Network, plan.Average) : null;
        _loss = plan.Loss.For(shape.Classes);
        _heads = new(shape.Heads ?? [], plan.Heads);
    }

    public nn.Module<NetworkInputs, Tensor> Network { get; }

    /// <summary>The layers that did not begin with weights that were drawn.</summary>
    public IReadOnlyList<string> Started { get; } = [];
    public IOptimiser Optimiser { get; }
    public WeightAverage? Average { get; }

    /// <summary>Whom the common layers learn to deceive, if there is an adaptation.</summary>
    public Adversary? Adversary { get; }
    public TrainingHistory History { get; private set; } = new([]);
    public IReadOnlyList<StoredTensor> Best { get; private set; } = [];

    /// <summary>The weights that were validated last.</summary>
    public IReadOnlyList<StoredTensor> Last { get; private set; } = [];

    /// <summary>How far the epoch under way has come.</summary>
    public EpochStand Stand { get; private set; } = EpochStand.Begun;

    /// <summary>Whether all epochs are done, or patience is at its end.</summary>
    public bool IsOver =>
        History.Epochs.Count >= _plan.Epochs || (_plan.Patience > 0 && History.EpochsWithoutGain(_plan.MinDelta) >= _plan.Patience);

    /// <summary>Goes on from an earlier history, its best weights, and what was done of the next epoch.</summary>
    public void Continue(TrainingHistory history, EpochStand stand, IReadOnlyList<StoredTensor> best) =>
        (History, Stand, Best) = (history, stand, best);

    /// <summary>Once through the training rows, or what is left of them, and once through the validation rows.</summary>
    /// <param name="rows">Rows to learn from and to check with, and those of the control region.</param>
    /// <param name="place">Who watches.</param>
    /// <param name="keep">Makes a checkpoint.</param>
    /// <exception cref="OperationCanceledException">Asked to stop; the run stands between two steps.</exception>
    public void RunEpoch(
        (ITrainingSource Train, ITrainingSource Validation, ControlRegion? Control) rows, TrainingPlace place, Action keep)
    {
        int epoch = History.Epochs.Count + 1;
        double trainLoss = Train(rows.Train, rows.Control, epoch, place, keep);
        using IDisposable? averaged = Average?.Used();
        ClassLoss checkedWith = Validate(rows.Validation, epoch, place.Cancellation);
        History = new([
            .. History.Epochs,
            new(epoch, trainLoss, checkedWith.Loss, checkedWith.Accuracy, Stand.Rate, checkedWith.PerClass)
            {
                Adaptation = rows.Control is null ? null : Adapted(rows.Control, place.Cancellation),
            },
        ]);
        Stand = EpochStand.Begun;
        place.Note(TrainingNotes.Epoch, TrainingNotes.Of(History.Epochs[^1]));
        Last = TensorState.Taken(TensorState.Of(Network));
        if (History.BestEpoch == epoch) Best = Last;
    }

    public void Dispose()
    {
        Network.Dispose();
        Optimiser.Dispose();
        Average?.Dispose();
        Adversary?.Dispose();
    }

    // A convolution holds some megabytes for each row: with grids no more at once than the training holds anyway.
    private int ValidationRows =>
        _shape.Inputs.Any(input => input.IsGrid) ? Math.Min(MostValidationRows, _plan.BatchSize) : MostValidationRows;

    private double Train(ITrainingSource source, ControlRegion? region, int epoch, TrainingPlace place, Action keep)
    {
        var cut = new BatchCut(_plan.BatchSize, _plan.LastBatch);
        using IEnumerator<TrainingBatch>? controls =
            region?.Endless((epoch - 1) * cut.Sizes(source.Rows).LongCount() + Stand.Batches).GetEnumerator();
        foreach (TrainingBatch batch in source.Batches(epoch, cut, Stand.Batches))
        {
            place.Cancellation.ThrowIfCancellationRequested();
            BatchCheck.Check(batch, _shape);
            double done = epoch - 1 + (double)Stand.Rows / source.Rows;
            double rate = _plan.LearningRate * _plan.Rate.FactorAt(done, _plan.Epochs, History);
            (double loss, DomainSums? domains) = Step(batch, Next(controls), epoch, rate);
            Stand = Stand.After(batch, loss, rate);
            place.Note(TrainingNotes.Batch, TrainingNotes.Of(epoch, Stand.Batches, batch, (loss, domains), rate));
            place.Progress(new(epoch, _plan.Epochs, Stand.Rows, source.Rows, Stand.Loss / Stand.Weight)
            {
                Adversary = domains is null ? null : (Stand.Adaptation.Sums.MeanLoss, Stand.Adaptation.Sums.Accuracy),
            });
            if (place.IsCheckpointDue()) keep();
        }
        return Stand.Weight > 0 ? Stand.Loss / Stand.Weight : throw LearningErrors.NoWeight("training", Stand.Rows, Stand.Weight);
    }

    // The weighted sum is divided by the number of rows, not by the sum of their weights: then a batch of light rows pulls
    // less, and every row has the same pull whatever it meets in its batch.
    // Dropout draws from its key alone, so that a training that is taken up again draws the same.
    // Control rows go through all layers with the others, after them; the loss of the classes leaves them out.
    private (double Loss, DomainSums? Domains) Step(TrainingBatch batch, TrainingBatch? control, int epoch, double rate)
    {
        int number = Stand.Batches + 1;
        using DisposeScope scope = NewDisposeScope();
        Network.train();
        random.manual_seed((long)CounterRandom.Key(_plan.Seed, "dropout", $"{epoch}", $"{number}"));
        TrainingBatch all = control is { } others ? JoinedBatches.Of(batch, others) : batch;
        NetworkInputs inputs = Inputs(all);
        Reversal? parted = Adversary?.Part(Common.Joined(inputs));
        Tensor logits = parted is null ? Network.call(inputs) : Common.Classified(parted.ForClasses);
        var total = new ClassLoss(_shape.Classes, _loss, _heads);
        float[] slopes = new float[all.Rows * _shape.Outputs];
        float[] values = Values(logits);
        total.Add(batch, values, slopes);
        if (!double.IsFinite(total.Sum)) throw LearningErrors.NotFinite("the loss", epoch, number, NotFiniteRows.Of(all, values));
        logits.backward([tensor(slopes, [all.Rows, _shape.Outputs], device: _device)]);
        DomainSums? domains = parted is null ? null : Adversary!.Learn(parted, control!.Value, all, (epoch, number));
        parted?.Backward();
        if (!GradientLength.IsFinite(_weights.Select(one => one.Weight)))
            throw LearningErrors.NotFinite("a gradient", epoch, number, NotFiniteRows.Of(all, slopes));
        if (_plan.MostGradient > 0) GradientLength.Shorten(_weights.Select(one => one.Weight), _plan.MostGradient);
        Optimiser.Step(rate);
        Adversary?.Step();
        Average?.Take();
        if (domains is { } told) Stand = Stand with { Adaptation = Stand.Adaptation.After(told, parted!.Pulls) };
        return (total.Sum, domains);
    }

    private IJoinedNetwork Common => (IJoinedNetwork)Network;

    private TrainingBatch? Next(IEnumerator<TrainingBatch>? controls)
    {
        if (controls is null) return null;
        if (!controls.MoveNext()) throw LearningErrors.BadBatch("no control rows any more", "batches without end");
        BatchCheck.Check(controls.Current, _control);
        return controls.Current;
    }

    private AdaptationRecord Adapted(ControlRegion region, CancellationToken cancellation)
    {
        DomainSums told = default;
        long rows = 0;
        Network.eval();
        using IDisposable none = no_grad();
        foreach (TrainingBatch batch in region.Validation())
        {
            cancellation.ThrowIfCancellationRequested();
            BatchCheck.Check(batch, _control);
            using DisposeScope scope = NewDisposeScope();
            rows += batch.Rows;
            told = told.Plus(Adversary!.Check(Common.Joined(Inputs(batch)), batch));
        }
        AdaptationStand all = Stand.Adaptation;
        double weight = Math.Min(told.Weight, all.Sums.Weight);
        if (!(weight > 0)) throw LearningErrors.NoWeight("control", rows, weight);
        return new(
            all.Sums.MeanLoss, all.Sums.Accuracy, told.MeanLoss, told.Accuracy,
            all.ClassPull / Stand.Batches, all.AdversaryPull / Stand.Batches);
    }

    private NetworkInputs Inputs(TrainingBatch batch) => new(batch.Inputs, batch.Rows, _device);

    private static float[] Values(Tensor logits) => logits.detach().cpu().data<float>().ToArray();

    private ClassLoss Validate(ITrainingSource source, int epoch, CancellationToken cancellation)
    {
        var total = new ClassLoss(_shape.Classes, _loss, _heads);
        int number = 0;
        Network.eval();
        using IDisposable none = no_grad();
        foreach (TrainingBatch batch in source.Batches(1, new BatchCut(ValidationRows, LastBatch.Keep)))
        {
            cancellation.ThrowIfCancellationRequested();
            number++;
            BatchCheck.Check(batch, _shape);
            using DisposeScope scope = NewDisposeScope();
            float[] logits = Values(Network.call(Inputs(batch)));
            total.Add(batch, logits);
            if (!double.IsFinite(total.Sum))
                throw LearningErrors.NotFinite("the validation loss", epoch, number, NotFiniteRows.Of(batch, logits));
        }
        return total.Weight > 0 ? total : throw LearningErrors.NoWeight("validation", source.Rows, total.Weight);
    }
}
