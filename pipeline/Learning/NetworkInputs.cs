using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>The inputs of a batch on a device, by name. They live as long as the dispose scope they are made in.</summary>
internal sealed class NetworkInputs
{
    private readonly Dictionary<string, (InputRows Rows, Tensor Values)> _inputs = new(StringComparer.Ordinal);
    private readonly Device _device;

    public NetworkInputs(IReadOnlyList<InputRows> inputs, int rows, Device device)
    {
        (Rows, _device) = (rows, device);
        foreach (InputRows input in inputs)
            _inputs.Add(
                input.Shape.Name,
                (input, tensor(input.Values, [input.Values.Length / input.Shape.Features, input.Shape.Features], device: device)));
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>The numbers of an input: (rows, features), or of a grid (filled cells, features).</summary>
    public Tensor this[string name] => _inputs[name].Values;

    /// <summary>Where the filled cells of a grid stand among all cells of all rows.</summary>
    public Tensor Places(InputShape grid)
    {
        InputRows rows = _inputs[grid.Name].Rows;
        var places = new long[rows.Cells.Length];
        for (int row = 0; row < Rows; row++)
            for (int at = rows.Offsets[row]; at < rows.Offsets[row + 1]; at++) places[at] = (long)row * grid.Cells + rows.Cells[at];
        return tensor(places, device: _device);
    }
}
