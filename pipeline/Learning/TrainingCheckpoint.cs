using System.Text.Json;
using TauPipeline.Foundation;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>
/// Where a training stands between two steps: weights, optimiser, best weights so far, history, sums of the epoch under way. What
/// dropout draws follows from epoch and batch: no generator has a state. Kept in the step's scratch folder; a training taken up from it
/// gives the same bytes as one that was never disturbed.
/// </summary>
internal sealed class TrainingCheckpoint(string folder, NetworkShape shape, TrainingPlan plan)
{
    private const string Facts = "training.json", Network = "network.", Optimiser = "optimiser.", Best = "best.", Average = "average.";
    private const string Head = "adversary.", HeadOptimiser = "adversary_optimiser.";

    private readonly string _path = Path.Combine(folder, "checkpoint.pt");

    // Scratch is named by the step's fingerprint; this holds the promise should a caller name it otherwise.
    private readonly string _identity = ContentHash
        .Of(JsonSerializer.Serialize(shape, ModelText.Options) + JsonSerializer.Serialize(plan, ModelText.Options))
        .ToString();

    private sealed record Stand(string Identity, IReadOnlyList<EpochRecord> Epochs, EpochStand UnderWay);

    /// <summary>Replaces the checkpoint in one move.</summary>
    public void Write(TrainingRun training)
    {
        Directory.CreateDirectory(folder);
        string text = JsonSerializer.Serialize(new Stand(_identity, training.History.Epochs, training.Stand), ModelText.Options);
        var file = new TorchFile(
            [
                .. TensorState.Below(Network, TensorState.Taken(TensorState.Of(training.Network))),
                .. TensorState.Below(Optimiser, training.Optimiser.Taken()),
                .. TensorState.Below(Best, training.Best),
                .. TensorState.Below(Average, training.Average?.Taken() ?? []),
                .. training.Adversary is { } adversary
                    ? TensorState.Below(Head, TensorState.Taken(TensorState.Of(adversary.Head)))
                        .Concat(TensorState.Below(HeadOptimiser, adversary.Optimiser.Taken()))
                    : [],
            ],
            new Dictionary<string, string> { [Facts] = text });
        WholeFile.WriteStream(_path, file.Write, survivesPowerLoss: true);
    }

    /// <summary>
    /// Takes a training up where the checkpoint left it; a checkpoint that is absent, damaged or another's changes nothing.
    /// </summary>
    public void Restore(TrainingRun training)
    {
        if (Read() is not var (file, stand)) return;
        TensorState.Restore(TensorState.Of(training.Network), file, Network);
        training.Optimiser.Restore(name => file.Find(Optimiser + name));
        training.Average?.Restore(name => file.Find(Average + name));
        if (training.Adversary is { } adversary)
        {
            TensorState.Restore(TensorState.Of(adversary.Head), file, Head);
            adversary.Optimiser.Restore(name => file.Find(HeadOptimiser + name));
        }
        training.Continue(
            new(stand.Epochs),
            stand.UnderWay,
            [
                .. file.Tensors.Where(tensor => tensor.Name.StartsWith(Best, StringComparison.Ordinal))
                    .Select(tensor => tensor with { Name = tensor.Name[Best.Length..] }),
            ]);
    }

    private (TorchFile, Stand)? Read()
    {
        if (!File.Exists(_path)) return null;
        try
        {
            using FileStream stream = File.OpenRead(_path);
            TorchFile file = TorchFile.Read(stream);
            return
                JsonSerializer.Deserialize<Stand>(file.Texts.GetValueOrDefault(Facts, "null"), ModelText.Options) is { } stand
                && stand.Identity == _identity
                ? (file, stand)
                : null;
        }
        catch (Exception damaged) when (damaged is StepFailed or JsonException)
        {
            return null;
        }
    }
}
