using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Formats;

/// <summary>The checkpoints of a training's epochs, a model file each.</summary>
public sealed class CheckpointFolder : IProductReader<CheckpointFolder>
{
    private readonly string _path;

    private CheckpointFolder(FolderReader folder)
    {
        _path = folder.Path;
        Epochs = [.. folder.Files.Select(EpochCheckpoint.EpochOf).OfType<int>().Order()];
    }

    /// <summary>Those that are there; 0 alone where nothing could be trained.</summary>
    public IReadOnlyList<int> Epochs { get; }

    /// <inheritdoc/>
    public static CheckpointFolder Open(ProductInput from) => new(FolderReader.Open(from));

    /// <summary>The model of an epoch, or of the last one.</summary>
    /// <exception cref="StepFailed">The training ended before that epoch.</exception>
    public TrainedModel Model(int? epoch)
    {
        int found = Epochs is [0] ? 0 : epoch ?? Epochs[^1];
        if (!Epochs.Contains(found)) throw FormatErrors.NoEpoch(found, Epochs);
        using FileStream file = File.OpenRead(Path.Combine(_path, EpochCheckpoint.FileOf(found)));
        return TrainedModel.Load(file);
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
