using System.Text.Json.Serialization;

namespace TauPipeline.Learning;

/// <summary>One step that makes a grid smaller, without padding.</summary>
/// <param name="Window">Cells a side of what becomes one cell: all windows of a convolution, of pooling those side by side.</param>
/// <param name="Filters">Channels after a convolution; 0 is pooling, which takes the largest of each channel.</param>
public sealed record GridStep(int Window, int Filters)
{
    /// <summary>Whether the largest values are taken.</summary>
    [JsonIgnore]
    public bool IsPooling => Filters == 0;

    /// <summary>Cells a side afterwards.</summary>
    public int CellsAfter(int cells) => IsPooling ? cells / Window : cells - Window + 1;
}

/// <summary>How a square grid becomes one cell: steps, each followed by batch normalisation, activation and dropout.</summary>
/// <param name="Steps">First to last.</param>
/// <param name="Activation">One of <see cref="LayerStack.Activations"/>.</param>
/// <param name="Dropout">Share left out in training, in [0, 1).</param>
public sealed record GridReduction(IReadOnlyList<GridStep> Steps, string Activation, double Dropout)
{
    internal bool HasNorm => Activation != LayerStack.Selu;

    /// <summary>Channels of the one cell.</summary>
    public int After(int channels) => Steps.LastOrDefault(step => !step.IsPooling)?.Filters ?? channels;

    /// <summary>
    /// DeepTau's steps: windows of one size until one cell is left (a smaller grid is one window), perhaps with a pooling among them.
    /// </summary>
    /// <param name="cells">Cells a side.</param>
    /// <param name="channels">Channels of each cell.</param>
    /// <param name="window">Cells a side of a window, at least 2.</param>
    /// <param name="rate">By how much all values together become fewer with each step; without it the channels stay as many.</param>
    /// <param name="pooling">Number of the step, from 1, that is pooling; 0 is none.</param>
    public static IReadOnlyList<GridStep> DeepTau(int cells, int channels, int window, double? rate = null, int pooling = 0)
    {
        if (window < 2) throw LearningErrors.NoNetwork("window", $"{window}", "at least 2: else the grid never becomes one cell");
        if (rate is <= 0) throw LearningErrors.NoNetwork("reduction rate of a grid", $"{rate}", "above 0");
        var steps = new List<GridStep>();
        while (cells > 1)
        {
            GridStep step = new(Math.Min(cells, window), channels);
            if (steps.Count + 1 == pooling) step = new(cells % 2 == 0 && cells / 2 % 2 == 1 ? 2 : 3, 0);
            else if (rate is { } by)
            {
                double shrinks = (double)cells / step.CellsAfter(cells);
                step = step with { Filters = (int)Math.Ceiling(shrinks * shrinks * channels / by) };
                channels = step.Filters;
            }
            steps.Add(step);
            cells = step.CellsAfter(cells);
        }
        return steps;
    }

    internal void Check(string what, int cells)
    {
        LayerStack.Check(what, Activation, Dropout);
        foreach (GridStep step in Steps)
        {
            if (step.Window < 1 || step.Filters < 0 || step.Window > cells)
                throw LearningErrors.NoNetwork(what, $"{step}", $"a window in {cells} x {cells} cells");
            cells = step.CellsAfter(cells);
        }
        if (cells != 1) throw LearningErrors.NoNetwork(what, $"{cells} x {cells} cells at the end", "1");
    }
}
