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

    /// <summary>The numbers of an input: (rows, features), of a grid (filled cells, features), of a list (objects, features).</summary>
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

    /// <summary>How many objects of a list each row has.</summary>
    public int[] Counts(InputShape list)
    {
        int[] offsets = _inputs[list.Name].Rows.Offsets;
        return [.. Enumerable.Range(0, Rows).Select(row => offsets[row + 1] - offsets[row])];
    }

    /// <summary>
    /// Of what was made of the objects of a list and, in the last row, of one object that none is: that of each row's objects, in slots
    /// that are zero where there is no object; (rows, most objects, width).
    /// </summary>
    public Tensor Slots(InputShape list, Tensor objectsAndNone)
    {
        int[] offsets = _inputs[list.Name].Rows.Offsets;
        var places = new long[offsets[^1] + 1];
        for (int row = 0; row < Rows; row++)
            for (int at = offsets[row]; at < offsets[row + 1]; at++) places[at] = (long)row * list.Most + at - offsets[row];
        places[^1] = (long)Rows * list.Most;
        return zeros(places[^1] + 1, objectsAndNone.shape[1], device: _device)
            .index_copy(0, tensor(places, device: _device), objectsAndNone)
            .narrow(0, 0, places[^1])
            .reshape(Rows, list.Most, -1);
    }
}
