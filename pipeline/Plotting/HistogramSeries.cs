using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>The densities of one class.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Densities">One value a bin.</param>
/// <param name="Errors">One standard deviation a bin, or <see langword="null"/> for none.</param>
/// <param name="Look">How it is drawn.</param>
/// <param name="Style">Colour and dash; the palette's next if <see langword="null"/>.</param>
public sealed record HistogramSeries(
    string Name,
    double[] Densities,
    double[]? Errors = null,
    HistogramLook Look = HistogramLook.Outline,
    CurveStyle? Style = null)
{
    internal void Check(int bins)
    {
        if (Densities.Length != bins || (Errors is not null && Errors.Length != bins))
            throw new Defect(new ErrorText($"the arrays of histogram '{Name}' do not fit its edges",
                [("bins", $"{bins}"), ("densities", $"{Densities.Length}"), ("errors", $"{Errors?.Length ?? 0}")]));
    }
}

/// <summary>How a histogram is drawn.</summary>
public enum HistogramLook
{
    /// <summary>A stepped line.</summary>
    Outline,
    /// <summary>A stepped line over a pale area.</summary>
    Filled,
    /// <summary>Points at the bin centres.</summary>
    Points,
}
