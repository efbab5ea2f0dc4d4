using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>The block <c>plot:</c>.</summary>
/// <param name="Width">Width of a frame in pixels.</param>
/// <param name="Height">Height of a frame in pixels.</param>
/// <param name="EfficiencyRange">Range of the ROC figures' efficiency axis.</param>
/// <param name="FeatureBins">Bins of the features' histograms; 0 draws none.</param>
/// <param name="Pdf">Whether PDF is drawn as well.</param>
/// <param name="Theme">Words and letters.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record PlotSettings(
    int Width,
    int Height,
    (double Low, double High)? EfficiencyRange,
    int FeatureBins,
    bool Pdf,
    PlotTheme Theme,
    SettingsUsed Used)
{
    // Keys that some kinds of figures go by; what is not named here changes all of them.
    internal const string Rates = "rates", RocRange = "efficiency_range", BinsOfFeatures = "feature_bins", ScalingWanted = "scaling";

    // Whether there are spectra shows by their step.
    private static readonly string[] OfKinds = [Rates, RocRange, BinsOfFeatures, ScalingWanted, "spectra"];

    /// <summary>Whether misidentification rates stand on a logarithmic axis; with few fakes a linear one shows more.</summary>
    public bool LogRates { get; init; } = true;

    /// <summary>Which features have a figure of where they are cut.</summary>
    public ScalingFiguresWanted Scaling { get; init; }

    /// <summary>Whether spectra are drawn: before mixing, after it, and with training weights.</summary>
    public bool Spectra { get; init; } = true;

    /// <summary>What a kind of figure consumes: the looks that all share, and its own keys.</summary>
    public SettingsUsed UsedBy(params string[] keys) => Used.Without(OfKinds.Except(keys).Select(key => $"plot.{key}"));

    /// <summary>Reads the block.</summary>
    public static PlotSettings Read(ConfigBlock block)
    {
        int width = (int)block.Whole("width", 560, 100, 5000), height = (int)block.Whole("height", 400, 100, 5000);
        IReadOnlyList<double> range = block.Numbers("efficiency_range", [], "", 0, 1);
        if (range.Count is not (0 or 2)) block.Wrong("efficiency_range", "two numbers, or none", string.Join(", ", range));
        int bins = (int)block.Whole("feature_bins", 40, 0, 1000);
        bool pdf = block.Flag("pdf", true);
        var theme = new PlotTheme
        {
            Header = block.Text("header", ""),
            SubHeader = block.Text("sub_header", ""),
            RightHeader = block.Text("right_header", ""),
            FontSize = block.Number("font_size", 14, "", 4, 60),
        };
        string[] which = ["none", "suspicious", "all"];
        var scaling = (ScalingFiguresWanted)Math.Max(0, Array.IndexOf(which, block.Choice("scaling", which, "suspicious")));
        bool spectra = block.Flag("spectra", true);
        bool logRates = block.Choice("rates", ["log", "linear"], "log") == "log";
        return new PlotSettings(width, height, range.Count == 2 ? (range[0], range[1]) : null, bins, pdf, theme, block.Used())
        {
            LogRates = logRates,
            Scaling = scaling,
            Spectra = spectra,
        };
    }
}
