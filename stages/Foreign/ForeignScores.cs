using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>The scores of networks that were trained elsewhere, beside those of the campaign's own.</summary>
internal sealed class ForeignScores : IDisposable
{
    private readonly List<(ForeignModel Model, OnnxPredictor Predictor)> _models = [];

    /// <summary>Opens the models, which the step has as its inputs.</summary>
    /// <exception cref="Foundation.StepFailed">One is no model that ONNX Runtime takes.</exception>
    public ForeignScores(StepRun run, IReadOnlyList<ForeignModel> models)
    {
        foreach (ForeignModel model in models) _models.Add((model, model.Open(run)));
    }

    /// <summary>The columns made.</summary>
    public IEnumerable<string> Made => _models.SelectMany(one => one.Model.Made);

    /// <summary>The columns of some rows.</summary>
    public IEnumerable<Column> Of(Batch rows) => _models.SelectMany(one => one.Model.Scores(one.Predictor, rows));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, OnnxPredictor predictor) in _models) predictor.Dispose();
    }
}
