using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>The inputs of a batch on a device, by name. They live as long as the dispose scope they are made in.</summary>
internal sealed class NetworkInputs
{
    private readonly Dictionary<string, Tensor> _values = new(StringComparer.Ordinal);

    public NetworkInputs(IReadOnlyList<InputRows> inputs, int rows, Device device)
    {
        Rows = rows;
        foreach (InputRows input in inputs)
            _values.Add(
                input.Shape.Name,
                tensor(input.Values, [input.Values.Length / input.Shape.Features, input.Shape.Features], device: device));
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>The numbers of an input: (rows, features), or of a grid (filled cells, features).</summary>
    public Tensor this[string name] => _values[name];
}
