using TauPipeline.Foundation;

namespace TauPipeline.Learning;

/// <summary>Widths that fall by a rate from layer to layer, as DeepTau's configurations state them.</summary>
/// <param name="First">Width of the first layer.</param>
/// <param name="Last">Width of the last one.</param>
/// <param name="Rate">By how much a layer is narrower than the one before.</param>
public sealed record LayerWidths(int First, int Last, double Rate)
{
    /// <summary>At least so many layers: the last width is repeated.</summary>
    public int? AtLeast { get; init; }

    /// <summary>The layer of this number has the last width, wherever the rate has come to.</summary>
    public int? AtMost { get; init; }

    /// <summary>All widths, first to last.</summary>
    /// <exception cref="Misuse">They never come to the last one.</exception>
    public IReadOnlyList<int> All()
    {
        if (First < 1 || Last < 1) throw LearningErrors.NoNetwork("width", $"{First} to {Last}", "at least 1");
        if (First > Last && !(Rate > 1))
            throw LearningErrors.NoNetwork("reduction rate", $"{Rate} from {First} to {Last}", "above 1: else the widths never end");
        var widths = new List<int> { First };
        while (true)
        {
            int next = widths.Count + 1;
            if (widths[^1] > Last) widths.Add(next == AtMost ? Last : Math.Max(Last, (int)(widths[^1] / Rate)));
            else if (AtLeast is { } least && next <= least) widths.Add(widths[^1]);
            else return widths;
        }
    }
}
