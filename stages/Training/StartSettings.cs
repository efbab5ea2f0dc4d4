using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>Of <c>train:</c>, <c>start:</c> and <c>start_layers:</c>: the model whose weights a training begins with.</summary>
/// <param name="File">A model or an epoch's checkpoint of any campaign.</param>
/// <param name="Layers">The layers that are taken, patterns with <c>*</c>; all if none is named.</param>
public sealed record StartSettings(Artifact File, IReadOnlyList<string> Layers)
{
    /// <summary>Reads the keys; <see langword="null"/> without a start.</summary>
    public static StartSettings? Read(ConfigBlock block)
    {
        IReadOnlyList<string> layers = block.Texts("start_layers", []);
        ConfigBlock start = block.Block("start");
        RawEntry[] files = [.. start.List("inputs").Select(file => RawEntry.Read("train/start", file))];
        if (start.IsThere && files.Length != 1) block.Wrong("start", "one file", $"{files.Length}");
        if (layers.Count > 0 && !start.IsThere) block.Wrong("start_layers", "none without train.start", string.Join(", ", layers));
        return files.Length == 1 ? new(files[0].File, layers) : null;
    }

    /// <summary>Reads the model, and tells where it was trained on something else than what is trained on now.</summary>
    /// <exception cref="StepFailed">It is no model.</exception>
    public WarmStart Read(StepRun run, IReadOnlyDictionary<string, string> texts)
    {
        TrainedModel model;
        try
        {
            model = run.ReadAs<ModelFile>(File).Model;
            foreach ((string what, string here) in texts)
                if (model.Metadata.TryGetValue(what, out string? there) && there != here)
                    run.Progress.Report(new Progress(0, 0, "rows", Warning: StageErrors.OtherStart(File.Path, what, there, here)));
            return new WarmStart(model, Layers);
        }
        catch (StepFailed wrong) { throw StageErrors.InFile(wrong, File.Path); }
    }
}
