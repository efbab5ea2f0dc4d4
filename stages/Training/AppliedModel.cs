using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>Which epoch's weights give scores and are exported: <c>apply: checkpoint: best | last | epoch N</c>.</summary>
public sealed record AppliedModel
{
    private const string BestWord = "best", LastWord = "last", EpochWord = "epoch ";

    private readonly bool _isBest;
    private readonly int? _epoch;

    private AppliedModel(bool isBest, int? epoch) => (_isBest, _epoch) = (isBest, epoch);

    /// <summary>That of the lowest validation loss.</summary>
    public static AppliedModel Best { get; } = new(true, null);

    /// <summary>What enters fingerprints.</summary>
    public SettingsUsed Used { get; private init; } = SettingsUsed.None;

    /// <summary>Reads the block.</summary>
    public static AppliedModel Read(ConfigBlock block, TrainSettings train)
    {
        string text = block.Text("checkpoint", BestWord);
        return Of(text, block, train) with { Used = block.Used() };
    }

    /// <summary>What a step must read for it.</summary>
    public Artifact Of(Training training) => _isBest ? TrainStage.Model(training) : TrainStage.Checkpoints(training);

    /// <summary>The model.</summary>
    /// <exception cref="StepFailed">The training ended before that epoch.</exception>
    public TrainedModel Read(StepRun run, Training training)
    {
        if (_isBest) return run.Read(TrainStage.Model(training)).Model;
        using CheckpointFolder checkpoints = run.Stream<CheckpointFolder>(TrainStage.Checkpoints(training));
        return checkpoints.Model(_epoch);
    }

    private static AppliedModel Of(string text, ConfigBlock block, TrainSettings train)
    {
        if (text == BestWord) return Best;
        int epoch = 0;
        if (text != LastWord
            && !(text.StartsWith(EpochWord, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(EpochWord.Length), NumberStyles.None, CultureInfo.InvariantCulture, out epoch)))
            block.Wrong("checkpoint", "best, last, or epoch N", text);
        else if (train.Checkpoints == 0)
            block.Wrong("checkpoint", "best, where train.checkpoints keeps none", text);
        else if (text != LastWord && !train.Keeps(epoch))
            block.Wrong("checkpoint", $"an epoch that train.checkpoints keeps: every {train.Checkpoints} of {train.Plan.Epochs}", text);
        return new(false, text == LastWord ? null : epoch);
    }
}
