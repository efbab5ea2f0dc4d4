using TauPipeline.BuildGraph;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>Thresholds of the network's working points: passed by a score strictly above.</summary>
public sealed record WorkingPointsFile(WorkingPointTable Table) : IProduct<WorkingPointsFile>
{
    private sealed record Entry(
        string Against,
        string Point,
        double Target,
        double Threshold,
        double ThresholdLow,
        double ThresholdHigh,
        double Achieved,
        double OneTau,
        IReadOnlyList<double> History);

    private sealed record Content(
        SearchEnding Ending,
        SortedDictionary<string, ShareDefinition> Definitions,
        IReadOnlyList<Entry> WorkingPoints)
    {
        public string? NoThresholds { get; init; }
    }

    /// <summary>By class what the efficiencies against it are shares of.</summary>
    public IReadOnlyDictionary<string, ShareDefinition> Definitions { get; init; } = new Dictionary<string, ShareDefinition>();

    /// <inheritdoc/>
    public static WorkingPointsFile Read(ProductInput from)
    {
        Content content = Json.Read<Content>(from);
        WorkingPointTable table = content.NoThresholds is { } lacking
            ? WorkingPointTable.Without(lacking) : new([.. content.WorkingPoints.Select(RowOf)]) { Ending = content.Ending };
        return new(table) { Definitions = content.Definitions };
    }

    /// <inheritdoc/>
    public static void Write(ProductOutput to, WorkingPointsFile value)
    {
        var definitions = new SortedDictionary<string, ShareDefinition>(StringComparer.Ordinal);
        foreach ((string against, ShareDefinition definition) in value.Definitions) definitions[against] = definition;
        Json.Write(
            to,
            new Content(value.Table.Ending, definitions, [.. value.Table.Rows.Select(EntryOf)]) { NoThresholds = value.Table.Lacking });
    }

    private static WorkingPointRow RowOf(Entry entry) =>
        new(entry.Against, WorkingPoints.Parse(entry.Point), entry.Target, entry.Threshold, entry.Achieved, entry.History)
        {
            Uncertainty = new Interval(entry.ThresholdLow, entry.ThresholdHigh),
            OneTau = entry.OneTau,
        };

    private static Entry EntryOf(WorkingPointRow row) => new(
        row.Against,
        row.Point.ToString(),
        row.Target,
        row.Threshold,
        row.Uncertainty.Low,
        row.Uncertainty.High,
        row.Achieved,
        row.OneTau,
        row.History);
}
