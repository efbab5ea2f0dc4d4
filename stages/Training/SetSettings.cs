using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>
/// The blocks <c>train: deep_sets:</c> and <c>train: set_transformer:</c>; without a word in the first, layers as ATLAS' unified classifier
/// has them (specification atlas-upp-and-balanced-batches 10.3).
/// </summary>
/// <param name="Tau">Blocks on the candidate's own features.</param>
/// <param name="Part">What is made of a list.</param>
/// <param name="Dense">Blocks on all together.</param>
public sealed record SetSettings(LayerStack Tau, Func<InputShape, SetPart> Part, LayerStack Dense) : INetworkSettings
{
    private static readonly int[] Small = [20, 20, 20];

    /// <inheritdoc/>
    public ConstituentForm Takes => ConstituentForm.Lists;

    /// <summary>Reads <c>train: deep_sets:</c>, and what of it counts.</summary>
    public static (SetSettings Settings, SettingsUsed Used) DeepSets(ConfigBlock block)
    {
        string activation = block.Choice("activation", LayerStack.Activations, "elu");
        double dropout = block.Number("dropout", 0, "", 0, 0.95);
        bool isMean = block.Choice("pooling", ["sum", "mean"], "sum") == "mean";
        IReadOnlyList<int> each = Widths(block, "each", [30, 30, 20]), together = Widths(block, "together", Small);
        LayerStack tau = Stack(Widths(block, "tau", Small)), dense = Stack(Widths(block, "dense", [100, 50]));
        SettingsUsed used = block.Used();
        var own = new Dictionary<string, (IReadOnlyList<int> Each, IReadOnlyList<int> Together)>(StringComparer.Ordinal);
        foreach ((string name, ConfigBlock list) in block.Blocks("lists"))
        {
            own[name] = (Widths(list, "each", each), Widths(list, "together", together));
            used = used.And(list.Used());
        }
        return (new(tau, Part, dense), used);

        LayerStack Stack(IReadOnlyList<int> widths) => new(widths, activation, dropout) { WithoutNorm = true };

        SetPart Part(InputShape list)
        {
            (IReadOnlyList<int> one, IReadOnlyList<int> all) = own.GetValueOrDefault(list.Name, (each, together));
            return new DeepSetPart(list, Stack(one), isMean, Stack(all));
        }
    }

    /// <summary>Reads <c>train: set_transformer:</c>, and what of it counts.</summary>
    public static (SetSettings Settings, SettingsUsed Used) SetTransformer(ConfigBlock block)
    {
        string activation = block.Choice("activation", LayerStack.Activations, "elu");
        double dropout = block.Number("dropout", 0, "", 0, 0.95);
        int width = Count("width", 32), heads = Count("heads", 4), points = Count("points", 8), seeds = Count("seeds", 2);
        int blocks = (int)block.Whole("blocks", 2, 0, 100);
        if (width % heads != 0) block.Wrong("width", $"a multiple of the {heads} heads", $"{width}");
        LayerStack tau = Stack(Widths(block, "tau", Small)), dense = Stack(Widths(block, "dense", [100, 50]));
        return (new(tau, list => new SetTransformerPart(list, width, heads, points, blocks, seeds), dense), block.Used());

        int Count(string key, int usual) => (int)block.Whole(key, usual, 1, 65_536);

        LayerStack Stack(IReadOnlyList<int> widths) => new(widths, activation, dropout) { WithoutNorm = true };
    }

    /// <inheritdoc/>
    public NetworkShape ShapeFor(IReadOnlyList<InputShape> inputs, int classes)
    {
        SetPart[] sets = [.. inputs.Where(input => input.IsList).Select(Part)];
        return sets.Length > 0
            ? new SetNetworkShape(inputs[0].Features, Tau, sets, Dense, classes)
            : throw StageErrors.NoLists();
    }

    private static IReadOnlyList<int> Widths(ConfigBlock block, string key, IReadOnlyList<int> usual) =>
        block.Wholes(key, [.. usual], 1, 65_536);
}
