namespace TauPipeline.Learning;

/// <summary>
/// The numbers of one input for some rows, already scaled. Of a grid only the filled cells are there, row by row, those of a row in
/// rising order; of a list the objects of each row, in their order.
/// </summary>
/// <param name="Shape">Which input.</param>
/// <param name="Values">Features side by side, row by row; of a grid, filled cell by filled cell; of a list, object by object.</param>
public sealed record InputRows(InputShape Shape, float[] Values)
{
    /// <summary>Of a grid or a list: where the filled cells, or the objects, of each row begin, and where the last one's end.</summary>
    public int[] Offsets { get; init; } = [];

    /// <summary>Of a grid: the number of each filled cell. Inputs of one grid may share these two arrays.</summary>
    public int[] Cells { get; init; } = [];
}
