using TauPipeline.Foundation;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>A trained <see cref="SetNetwork"/>.</summary>
internal sealed class SetPredictor : IPredictor
{
    // Rows worked out at once; no score depends on it.
    private const int Chunk = 240;

    private readonly SetNetworkShape _shape;
    private readonly FrozenStack _tau;
    private readonly IReadOnlyList<IFrozenSet> _sets;
    private readonly FrozenNorm _norm;
    private readonly FrozenOutput _output;

    /// <summary>From the weights under their names.</summary>
    /// <exception cref="StepFailed">A weight is missing or has another shape.</exception>
    public SetPredictor(SetNetworkShape shape, TorchFile weights)
    {
        _shape = shape;
        _tau = FrozenStack.Of(weights, SetNetworkShape.TauName, "dense", shape.TauFeatures, shape.Tau);
        _sets = [.. shape.Sets.Select(set => Of(set, weights))];
        _norm = new(FoldedNorm.Of(weights, SetNetworkShape.JoinedNorm, GridNetworkShape.Epsilon, shape.Joined));
        _output = new(
            FrozenStack.Of(weights, SetNetworkShape.Final, "dense", shape.Joined, shape.Dense),
            FrozenWeights.Dense(weights, SetNetworkShape.Last, shape.Dense.After(shape.Joined), shape.Outputs),
            shape.OutputWidths);
    }

    /// <inheritdoc/>
    public float[] Predict(IReadOnlyList<InputRows> inputs, int rows)
    {
        var probabilities = new float[rows * _shape.Outputs];
        for (int first = 0; first < rows; first += Chunk)
            Predict(inputs, first, Math.Min(Chunk, rows - first), probabilities.AsSpan(first * _shape.Outputs));
        return probabilities;
    }

    private void Predict(IReadOnlyList<InputRows> inputs, int first, int rows, Span<float> probabilities)
    {
        float[] joined = new float[rows * _shape.Joined], tau = new float[rows * _tau.Outputs];
        _tau.Apply(inputs[0].Values.AsSpan(first * _shape.TauFeatures, rows * _shape.TauFeatures), rows, tau);
        Joint.Lay(tau, _tau.Outputs, joined, _shape.Joined, 0);
        int column = _tau.Outputs;
        for (int set = 0; set < _sets.Count; set++)
        {
            int width = _shape.Sets[set].Outputs;
            Joint.Lay(_sets[set].Apply(inputs[set + 1], first, rows), width, joined, _shape.Joined, column);
            column += width;
        }
        _norm.Apply(joined);
        _output.Apply(joined, rows, probabilities);
    }

    // Named by kind, so that how each predicts is part of the code of whoever loads a model.
    private static IFrozenSet Of(SetPart part, TorchFile weights) => part switch
    {
        DeepSetPart deep => new FrozenDeepSet(deep, weights),
        SetTransformerPart transformer => new FrozenSetTransformer(transformer, weights),
        _ => throw new Defect($"a {part.GetType().Name} does not predict"),
    };
}

/// <summary>A trained <see cref="SetPart"/>.</summary>
internal interface IFrozenSet
{
    /// <summary>Of some rows of a list: (rows, <see cref="SetPart.Outputs"/>).</summary>
    float[] Apply(InputRows list, int first, int rows);
}
