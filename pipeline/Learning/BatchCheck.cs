namespace TauPipeline.Learning;

/// <summary>Holds a source to its word before its numbers reach native code.</summary>
internal static class BatchCheck
{
    public static void Check(TrainingBatch batch, NetworkShape shape)
    {
        Check(batch.Inputs, batch.Rows, shape);
        if (batch.Rows < 1 || batch.Labels.Length != batch.Rows || batch.Weights.Length != batch.Rows)
            throw LearningErrors.BadBatch(
                $"{batch.Rows} rows, {batch.Labels.Length} labels, {batch.Weights.Length} weights",
                "a label and a weight per row");
        foreach (int label in batch.Labels)
            if (label < 0 || label >= shape.Classes) throw LearningErrors.BadBatch($"label {label}", $"0 to {shape.Classes - 1}");
        CheckTargets(batch, shape.Heads ?? []);
    }

    private static void CheckTargets(TrainingBatch batch, IReadOnlyList<OutputHead> heads)
    {
        if ((batch.Targets?.Count ?? 0) != heads.Count)
            throw LearningErrors.BadBatch($"targets of {batch.Targets?.Count ?? 0} heads", $"of {heads.Count}");
        foreach ((OutputHead head, int[] targets) in heads.Zip(batch.Targets ?? []))
            if (targets.Length != batch.Rows || targets.Any(target => target < -1 || target >= head.Values))
                throw LearningErrors.BadBatch(
                    $"{targets.Length} targets of '{head.Name}', {targets.Min()} to {targets.Max()}",
                    $"{batch.Rows}, -1 to {head.Values - 1}");
    }

    /// <summary>Inputs alone: in number, order and lengths those of the shape, cells where they can be.</summary>
    public static void Check(IReadOnlyList<InputRows> inputs, int rows, NetworkShape shape)
    {
        if (!inputs.Select(input => input.Shape).SequenceEqual(shape.Inputs))
            throw LearningErrors.BadBatch(
                string.Join(", ", inputs.Select(input => Words(input.Shape))),
                string.Join(", ", shape.Inputs.Select(Words)));
        foreach (InputRows input in inputs)
        {
            int units = input.Shape.IsGrid ? FilledCells(input, rows) : input.Shape.IsList ? Objects(input, rows) : rows;
            if (input.Values.Length != (long)units * input.Shape.Features)
                throw LearningErrors.BadBatch(
                    $"{input.Values.Length} values of '{input.Shape.Name}'",
                    $"{units} {(input.Shape.IsGrid ? "filled cells" : input.Shape.IsList ? "objects" : "rows")} of {input.Shape.Features}");
        }
        shape.CheckTogether(inputs);
    }

    private static string Words(InputShape input) =>
        $"'{input.Name}' of {input.Features}"
        + (input.IsGrid ? $" a cell, {input.EtaCells} x {input.PhiCells} cells" : input.IsList ? $" an object, up to {input.Most}" : "");

    private static int Objects(InputRows list, int rows)
    {
        string name = list.Shape.Name;
        if (list.Offsets.Length != rows + 1 || list.Offsets[0] != 0)
            throw LearningErrors.BadBatch($"{list.Offsets.Length} offsets of '{name}'", $"{rows + 1} offsets, from 0 on");
        for (int row = 0; row < rows; row++)
            if (list.Offsets[row + 1] - list.Offsets[row] is var count && (count < 0 || count > list.Shape.Most))
                throw LearningErrors.BadBatch($"{count} objects of '{name}' in row {row}", $"0 to {list.Shape.Most}");
        return list.Offsets[^1];
    }

    private static int FilledCells(InputRows grid, int rows)
    {
        string name = grid.Shape.Name;
        if (grid.Offsets.Length != rows + 1 || grid.Offsets[0] != 0 || grid.Offsets[^1] != grid.Cells.Length)
            throw LearningErrors.BadBatch(
                $"{grid.Offsets.Length} offsets and {grid.Cells.Length} cells of '{name}'",
                $"{rows + 1} offsets, from 0 to the number of cells");
        for (int row = 0; row < rows; row++)
        {
            if (grid.Offsets[row + 1] < grid.Offsets[row] || grid.Offsets[row + 1] > grid.Cells.Length)
                throw LearningErrors.BadBatch($"offset {grid.Offsets[row + 1]} of '{name}' after {grid.Offsets[row]}", "rising offsets");
            int last = -1;
            foreach (int cell in grid.Cells.AsSpan(grid.Offsets[row], grid.Offsets[row + 1] - grid.Offsets[row]))
            {
                if (cell <= last || cell >= grid.Shape.Cells)
                    throw LearningErrors.BadBatch(
                        $"cell {cell} of '{name}' after {last} in row {row}",
                        $"rising cells below {grid.Shape.Cells}");
                last = cell;
            }
        }
        return grid.Cells.Length;
    }
}
