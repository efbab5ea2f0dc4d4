namespace TauPipeline.Physics;

/// <summary>
/// The filled cells of one grid for the rows of a batch. A cell that any object fills is filled in all components; all others are 0 in
/// every column.
/// </summary>
/// <param name="Location">The grid.</param>
/// <param name="Offsets">Where the cells of each row begin, and those of the last one end.</param>
/// <param name="Cells">Which cells are filled, row by row; rising within a row.</param>
/// <param name="Values">Of each component the scaled columns of each filled cell, cell by cell.</param>
public sealed record GridRows(GridLocation Location, int[] Offsets, int[] Cells, IReadOnlyList<float[]> Values);
