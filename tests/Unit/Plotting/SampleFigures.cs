using TauPipeline.Plotting;

namespace TauPipeline.Tests.Unit.Plotting;

/// <summary>Figures with made-up numbers that look like a real performance file: 30 to 3000 points, steps, empty bins.</summary>
internal static class SampleFigures
{
    public static RocFigure Roc(int points = 3000) => new()
    {
        Title = "Jets misidentified as taus",
        Caption = "Denominator: reconstructed candidates with p_T > 20 GeV and |η| < 2.3. Bands: 68 % Clopper-Pearson.",
        X = new PlotAxis("Tau identification efficiency") { Range = (0.3, 1) },
        Y = new PlotAxis("Jet misidentification probability", Log: true) { Range = (3e-4, 1) },
        Curves = [RocCurve("DeepTau v2.5", 3.6, points), RocCurve("Flat network", 3.0, points), RocCurve("Recurrent network", 3.3, points)],
        Points =
        [
            new RocMarker("DeepTau v2.5", "Tight", new ErrorBar(0.55, 0.53, 0.57), new ErrorBar(0.0106, 0.0096, 0.0117)),
            new RocMarker("DeepTau v2.5", "Medium", new ErrorBar(0.7, 0.685, 0.715), new ErrorBar(0.0347, 0.0329, 0.0366)),
            new RocMarker("DeepTau v2.5", "Loose", new ErrorBar(0.8, 0.787, 0.813), new ErrorBar(0.0838, 0.081, 0.0867)),
        ],
        Reference = "Flat network",
        Text = ["p_T > 20 GeV, |η| < 2.3", "decay modes 0, 1, 10, 11"],
    };

    public static BoxFigure Boxes() => new()
    {
        Title = "Changes of the mean",
        Of = "Rows before the snapshot",
        Y = new PlotAxis("Relative change", Log: true),
        Boxes = [new Box("200", 0.01, 0.05, 0.1, (0.001, 0.4)), new Box("300", 0.02, 0.03, 0.04), new Box("400", 0, 0.01, 0.02)],
        Guide = 0.1,
        Text = ["45 features"],
    };

    public static HistogramFigure Histogram(bool log = false) => new()
    {
        Title = "Leading track p_T by class",
        Caption = "Each class is normalised to one.",
        X = new PlotAxis("Leading track p_T [GeV]"),
        Y = new PlotAxis("Density [1/GeV]", log),
        Edges = [0, 10, 20, 30, 40, 60, 80, 100, 150],
        Series =
        [
            new HistogramSeries("Jet", [0.04, 0.024, 0.012, 0.006, 0.0025, 0.001, 0.0003, 0.00004], null, HistogramLook.Filled),
            new HistogramSeries(
                "Tau",
                [0.012, 0.021, 0.022, 0.017, 0.0085, 0.0032, 0.0011, 0.0002],
                [0.001, 0.0012, 0.0012, 0.001, 0.0006, 0.0004, 0.0002, 0.00006]),
            new HistogramSeries(
                "Electron",
                [0.002, 0.009, 0.024, 0.031, 0.012, 0.003, 0.0006, 0],
                [0.0006, 0.001, 0.002, 0.002, 0.001, 0.0005, 0.0002, 0],
                HistogramLook.Points),
        ],
        Text = ["train rows"],
    };

    public static HistoryFigure History() => new()
    {
        Title = "Loss by epoch",
        Caption = "The model of the epoch with the smallest validation loss is kept.",
        Curves =
        [
            new Curve("Train", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [0.71, 0.55, 0.47, 0.42, 0.385, 0.36, 0.34, 0.325, 0.31, 0.3]),
            new Curve("Validation", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [0.66, 0.54, 0.49, 0.455, 0.44, 0.432, 0.43, 0.434, 0.442, 0.45]),
        ],
        BestEpoch = 7,
    };

    public static EfficiencyFigure Efficiency() => new()
    {
        Title = "Working points against jets by p_T",
        Caption = "Errors: 68 % Clopper-Pearson on unweighted counts.",
        X = new PlotAxis("p_T [GeV]", Log: true),
        Edges = [20, 25, 30, 40, 60, 100, 200, 500],
        Genuine = new EfficiencyPanel(
            new PlotAxis("Efficiency") { Range = (0, 1) },
            [.. Names.Select((name, k) => Series(name, 0.95 - (0.1 * k), i => 0.02 * i))]),
        Misidentified = new EfficiencyPanel(
            new PlotAxis("Misidentification rate", Log: true),
            [.. Names.Select((name, k) => Series(name, 0.2 * Math.Pow(0.4, k), i => -0.1 * Math.Pow(0.4, k) * i / 7))]),
        Text = ["|η| < 2.3"],
    };

    private static readonly string[] Names = ["VLoose", "Loose", "Medium", "Tight", "VTight"];

    private static EfficiencySeries Series(string name, double start, Func<int, double> change)
    {
        double[] values =
        [
            .. Enumerable.Range(0, 7).Select(i => i == 6 && name == "VTight" ? double.NaN : Math.Min(start + change(i), 0.995)),
        ];
        return new EfficiencySeries(
            name,
            values,
            [.. values.Select(value => value * 0.93)],
            [.. values.Select(value => Math.Min(1, value * 1.07))]);
    }

    private static Curve RocCurve(string name, double power, int points)
    {
        double[] x = [.. Enumerable.Range(0, points).Select(i => (double)i / (points - 1))];
        double[] y =
        [
            .. x.Select(
                (value, i) => i == 0 ? 0 : Math.Pow(10, -power * Math.Pow(1 - value, 0.75)) * Math.Round(200 * value) / (200 * value)),
        ];
        return new Curve(
            name,
            x,
            y,
            [.. y.Select(value => value * (1 - (0.02 / Math.Sqrt(value + 1e-3))))],
            [.. y.Select(value => Math.Min(1, value * (1 + (0.02 / Math.Sqrt(value + 1e-3)))))]);
    }
}
