using System.IO.Enumeration;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>
/// Weights of a model that was trained before, with which a training begins: by name of the layer. Optimiser, rate and average begin anew.
/// </summary>
public sealed class WarmStart
{
    private const int MostTold = 8;
    private const string Absent = "not in the file";

    private readonly TorchFile _from;
    private readonly IReadOnlyList<string> _layers;

    /// <summary>A start from a model.</summary>
    /// <param name="from">The model, or that of an epoch's checkpoint.</param>
    /// <param name="layers">Names, patterns with <c>*</c>, of the layers that are taken; others begin as without a start. All if empty.</param>
    /// <exception cref="StepFailed">There was nothing to train it on.</exception>
    public WarmStart(TrainedModel from, IReadOnlyList<string> layers)
    {
        if (from.Untrained is { } why) throw LearningErrors.NoStart("a model that was not trained", [("because", why)], null);
        (_from, _layers) = (from.Weights, layers);
        Identity = ContentHash
            .Of(string.Join('\n', _from.Tensors.Select(one => $"{one.Name} {ContentHash.Of(one.Bytes.Span)}").Concat(layers)))
            .ToString();
    }

    /// <summary>Another one for other weights or layers.</summary>
    public string Identity { get; }

    /// <summary>Lays the weights into a network; the layers that took them.</summary>
    /// <exception cref="StepFailed">A layer is not there or has another shape, or a pattern is of no layer.</exception>
    internal IReadOnlyList<string> LayInto(nn.Module network)
    {
        ILookup<string, (string Name, Tensor Value)> all = TensorState.Of(network).ToLookup(one => LayerOf(one.Name));
        string[] names = [.. all.Select(layer => layer.Key)];
        if (_layers.FirstOrDefault(pattern => !names.Any(name => IsOf(pattern, name))) is { } none)
            throw LearningErrors.NoSuchLayer(none, names);
        string[] wanted = [.. names.Where(name => _layers.Count == 0 || _layers.Any(pattern => IsOf(pattern, name)))];
        (string Layer, string? Fault)[] found = [.. wanted.Select(layer => (layer, Fault(all[layer])))];
        if (found.Any(one => one.Fault is not null))
            throw LearningErrors.NoStart(
                found.All(one => one.Fault == Absent) ? "the model of another network" : "a model whose layers are others",
                [.. found.Where(one => one.Fault is not null).Select(one => (one.Layer, one.Fault!)).Take(MostTold)],
                [.. found.Where(one => one.Fault is null).Select(one => one.Layer)]);
        foreach ((string name, Tensor value) in wanted.SelectMany(layer => all[layer])) Stored(name)!.CopyTo(value);
        return wanted;
    }

    private StoredTensor? Stored(string name) => _from.Tensors.FirstOrDefault(tensor => tensor.Name == name);

    private string? Fault(IEnumerable<(string Name, Tensor Value)> layer)
    {
        foreach ((string name, Tensor value) in layer)
        {
            if (Stored(name) is not { } stored) return Absent;
            if (!value.shape.SequenceEqual(stored.Shape))
                return $"[{string.Join(", ", value.shape)}] here, [{string.Join(", ", stored.Shape)}] in the file";
        }
        return null;
    }

    private static string LayerOf(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];

    private static bool IsOf(string pattern, string layer) => FileSystemName.MatchesSimpleExpression(pattern, layer, ignoreCase: false);
}
