using System.Text.Json.Serialization;
using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>
/// DeepTau's network: blocks on the candidate's own features, on the cells of each grid and on windows of cells, and dense blocks on
/// all that comes out of them (specification 4.3).
/// </summary>
/// <param name="TauFeatures">Features of the candidate.</param>
/// <param name="Tau">Blocks on them.</param>
/// <param name="Grids">The grids.</param>
/// <param name="Dense">Blocks on all together.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="EmptyCells">What empty cells count for in training.</param>
public sealed record GridNetworkShape(
    int TauFeatures,
    LayerStack Tau,
    IReadOnlyList<GridPart> Grids,
    LayerStack Dense,
    int Classes,
    EmptyGridCells EmptyCells) : NetworkShape(Classes)
{
    /// <summary>Added to a variance: Keras' number, not torch's.</summary>
    internal const double Epsilon = 1e-3;

    /// <summary>Part of a batch in the running moments: Keras' 0.99 the other way round.</summary>
    internal const double Momentum = 0.01;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<InputShape> Inputs =>
        [new(InputShape.Tau, TauFeatures), .. Grids.SelectMany(grid => grid.Inputs)];

    /// <summary>Numbers that the dense blocks take.</summary>
    internal int Joined => Tau.After(TauFeatures) + Grids.Sum(grid => grid.Outputs);

    /// <inheritdoc/>
    public override void Check()
    {
        if (TauFeatures < 1) throw LearningErrors.NoNetwork("inputs", $"{TauFeatures}", "at least 1");
        if (Classes < 2) throw LearningErrors.NoNetwork("classes", $"{Classes}", "at least 2");
        if (Inputs.GroupBy(input => input.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw LearningErrors.NoNetwork("inputs", $"'{twice.Key}' twice", "different names");
        Tau.Check("'tau'");
        foreach (GridPart grid in Grids) grid.Check();
        Dense.Check("'final'");
    }

    internal override void CheckTogether(IReadOnlyList<InputRows> inputs)
    {
        int at = 1;
        foreach (GridPart grid in Grids)
        {
            InputRows first = inputs[at++];
            foreach (InputRows other in inputs.Skip(at).Take(grid.Inputs.Count - 1))
                if (!other.Offsets.AsSpan().SequenceEqual(first.Offsets) || !other.Cells.AsSpan().SequenceEqual(first.Cells))
                    throw LearningErrors.BadBatch(
                        $"other cells of '{other.Shape.Name}' than of '{first.Shape.Name}'",
                        "the same filled cells in all inputs of a grid");
            at += grid.Inputs.Count - 1;
        }
    }

    internal override nn.Module<NetworkInputs, Tensor> Network(ulong key, bool isPortable) => new GridNetwork(this, key, isPortable);

    internal override IPredictor Predictor(TorchFile weights) => new GridPredictor(this, weights);
}
