using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>An input of a foreign model: (rows, features).</summary>
/// <param name="Shape">Its name and width.</param>
/// <param name="Features">What goes in, in order.</param>
/// <param name="Scaling">How it is scaled where the model does not do that itself.</param>
public sealed record ForeignInput(InputShape Shape, IReadOnlyList<Feature> Features, FeatureScaling Scaling);

/// <summary>A network in ONNX that was trained elsewhere: how it is fed, and what comes out.</summary>
/// <param name="Name">The name of the discriminator.</param>
/// <param name="File">The model.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="ScalesItself">Whether it takes features as they are.</param>
/// <param name="Output">Name of the output: (rows, classes).</param>
/// <param name="Classes">The classes of the output, in order.</param>
/// <param name="Signals">Those that together are genuine taus.</param>
public sealed record ForeignModel(
    string Name,
    Artifact File,
    IReadOnlyList<ForeignInput> Inputs,
    bool ScalesItself,
    string Output,
    IReadOnlyList<string> Classes,
    IReadOnlyList<string> Signals)
{
    /// <summary>What enters the fingerprint of who scores by it, beside its file.</summary>
    public SettingsUsed Used { get; init; } = SettingsUsed.None;

    /// <summary>The columns of scored rows that it makes.</summary>
    public IEnumerable<string> Made => Classes.Select(ColumnOf);

    /// <summary>The columns that it is fed with.</summary>
    public IEnumerable<string> Columns => Inputs.SelectMany(input => input.Features).SelectMany(feature => feature.Columns);

    /// <summary>The expressions that must fit the candidates.</summary>
    public IEnumerable<Expression> Expressions =>
        Inputs.SelectMany(input => input.Features).SelectMany(feature => new[] { feature.Value, feature.When }).OfType<Expression>();

    /// <summary>The pairwise discriminator s / (s + p) of its probabilities (training-and-evaluation 0), 0 where s is 0.</summary>
    public Expression Score(string against, string where)
    {
        string signal = string.Join(" + ", Signals.Select(ColumnOf));
        return Expression.Parse($"({signal}) / max({signal} + {ColumnOf(against)}, 1e-300)", where);
    }

    private string ColumnOf(string @class) => $"score_{Name}_{@class}";

    /// <summary>The model, ready to score.</summary>
    /// <exception cref="Foundation.StepFailed">The file is no model that takes these inputs.</exception>
    internal OnnxPredictor Open(StepRun run) => new(run.ReadAs<OnnxFile>(File).Bytes.ToArray(), File.Path, Output);

    /// <summary>The columns of its scores of some rows.</summary>
    /// <exception cref="Foundation.StepFailed">A feature is missing, or the model gives something else than these classes.</exception>
    internal IReadOnlyList<Column> Scores(OnnxPredictor model, Batch rows)
    {
        float[] scores = model.Predict([.. Inputs.Select(input => new InputRows(input.Shape, Values(input, rows)))], rows.Rows);
        if (scores.Length != rows.Rows * Classes.Count) throw StageErrors.OtherOutput(this, (double)scores.Length / rows.Rows);
        return [.. Classes.Select((name, place) => ColumnAt(ColumnOf(name), place))];

        Column<float> ColumnAt(string column, int place)
        {
            var values = new float[rows.Rows];
            for (int row = 0; row < values.Length; row++) values[row] = scores[row * Classes.Count + place];
            return new(column, values);
        }
    }

    private float[] Values(ForeignInput input, Batch rows) =>
        ScalesItself
            ? ScaledFeatures.Unscaled(rows, input.Features, input.Scaling)
            : ScaledFeatures.Of(rows, input.Features, input.Scaling);
}
