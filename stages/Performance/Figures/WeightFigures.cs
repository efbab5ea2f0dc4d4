using TauPipeline.Formats;
using TauPipeline.Plotting;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// The spectra that reweighting was given and those that it gives, for each table of weights and variable: with their weights all classes
/// have one spectrum.
/// </summary>
internal static class WeightFigures
{
    private const string Prefix = "weights_";

    private static readonly bool[] BeforeAndAfter = [false, true];

    /// <summary>A figure before and one after, table by table, variable by variable.</summary>
    public static IEnumerable<NamedFigure> Of(WeightTablesFile tables, PlotSettings settings) =>
        from table in tables.Tables
        from axis in Enumerable.Range(0, table.Variables.Count)
        from isWeighed in BeforeAndAfter
        select new NamedFigure($"{Prefix}{table.Name}_{axis}_{(isWeighed ? "after" : "before")}", Figure(table, axis, isWeighed, settings))
        { Group = "spectra before and after reweighting" };

    private static HistogramFigure Figure(WeightTableEntry table, int axis, bool isWeighed, PlotSettings settings)
    {
        double[] edges = [.. table.Edges[axis].Where(double.IsFinite)];
        double[][] contents = [.. table.Classes.Select(one => Projection(table, one, axis, isWeighed))];
        double total = OrderedSum.Of([.. contents.SelectMany(one => one)]);
        return new HistogramFigure
        {
            Title = $"{table.Name}: {table.Variables[axis]} {(isWeighed ? "with" : "without")} weights",
            Caption = $"Train {(table.Group == TrainingTable.Jets ? "rows" : table.Group)} by {table.ClassColumn}, all classes together "
                + $"normalised to unit area; entries beyond the edges are not drawn. {Zeroed(table)}",
            X = new PlotAxis(table.Variables[axis]),
            Edges = edges,
            Series =
            [
                .. table.Classes.Zip(contents, (one, content) => new HistogramSeries(
                    one.Name,
                    [.. content.Select((entries, bin) => total > 0 ? entries / total / (edges[bin + 1] - edges[bin]) : 0)])),
            ],
            Width = settings.Width * 3 / 4,
            Height = settings.Height * 3 / 4,
        };
    }

    private static string Zeroed(WeightTableEntry table) => table.Classes.Sum(one => one.Zeroed) is > 0 and var left
        ? FormattableString.Invariant($"{left} entries have weight 0, for some class has none in their cell.")
        : "Every entry has a weight.";

    // Entries, or their weights, along one variable, between its finite edges.
    private static double[] Projection(WeightTableEntry table, WeightTableClass one, int axis, bool isWeighed)
    {
        int stride = 1, cells = table.Edges[axis].Count - 1;
        for (int inner = axis + 1; inner < table.Edges.Count; inner++) stride *= table.Edges[inner].Count - 1;
        var sums = new OrderedSum[cells];
        for (int cell = 0; cell < one.Counts.Count; cell++)
            sums[cell / stride % cells].Add(one.Counts[cell] * (isWeighed ? one.Weights[cell] : 1));
        int first = double.IsFinite(table.Edges[axis][0]) ? 0 : 1, last = double.IsFinite(table.Edges[axis][^1]) ? cells : cells - 1;
        return [.. sums[first..last].Select(sum => sum.Value)];
    }
}
