namespace TauPipeline.Learning;

/// <summary>
/// The part of a network that looks at one grid: each input's cells through blocks of their own, side by side through more blocks,
/// then windows over cells until one is left.
/// </summary>
/// <param name="Name">What its layers are called by: <c>inner</c>.</param>
/// <param name="Inputs">The inputs of the grid, which fill the same cells.</param>
/// <param name="Components">The blocks of each input.</param>
/// <param name="Merge">The blocks of all together.</param>
/// <param name="Reduction">From the grid to one cell.</param>
public sealed record GridPart(
    string Name,
    IReadOnlyList<InputShape> Inputs,
    IReadOnlyList<LayerStack> Components,
    LayerStack Merge,
    GridReduction Reduction)
{
    /// <summary>Channels of each cell where the inputs come together.</summary>
    internal int Joined => Inputs.Zip(Components, (input, stack) => stack.After(input.Features)).Sum();

    /// <summary>Channels of each cell before the windows.</summary>
    internal int Merged => Merge.After(Joined);

    /// <summary>Numbers of the one cell at the end.</summary>
    internal int Outputs => Reduction.After(Merged);

    internal void Check()
    {
        if (Inputs.Count == 0 || Components.Count != Inputs.Count)
            throw LearningErrors.NoNetwork($"grid '{Name}'", $"{Inputs.Count} inputs, {Components.Count} stacks", "a stack for each input");
        foreach (InputShape input in Inputs)
            if (input.Features < 1 || input.EtaCells != input.PhiCells || input.EtaCells < 1 || input.EtaCells != Inputs[0].EtaCells)
                throw LearningErrors.NoNetwork(
                    $"input '{input.Name}'",
                    $"{input.Features} features, {input.EtaCells} x {input.PhiCells} cells",
                    $"features in a square grid, the same for all inputs of '{Name}'");
        foreach ((InputShape input, LayerStack stack) in Inputs.Zip(Components)) stack.Check($"'{input.Name}'");
        Merge.Check($"'{Name}_all'");
        Reduction.Check($"convolution of '{Name}'", Inputs[0].EtaCells);
    }
}
