using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>
/// Where features are cut, against their quantiles, and how their constants settle (data-preparation 4.12, 4.13).
/// </summary>
internal static class ScalingFigures
{
    private const string Prefix = "scaling_";

    private static readonly bool[] MeanAndSpread = [false, true];

    /// <summary>The figures of convergence by cone, then those of ranges that are wanted.</summary>
    public static IEnumerable<NamedFigure> Of(ScalingChecksFile checks, ScalingFiguresWanted wanted, PlotSettings settings) =>
        Convergence(checks, settings).Concat(
            checks.Ranges
                .Where(range => wanted == ScalingFiguresWanted.All || range.Suspicions.Count > 0)
                .Where(range => range.Left.Count > 0 && range.Kind is not ("no_scaling" or "categorical"))
                .Select(range => new NamedFigure($"{Prefix}range_{range.Feature}_{range.Cone}", Range(range, settings))
                { Group = "features and where they are cut" }));

    private static BoxFigure Range(ScalingRangeEntry range, PlotSettings settings) => new()
    {
        Title = range.Cone == "global" ? range.Feature : $"{range.Feature} ({range.Cone} cone)",
        Caption = $"Values from here to there are not cut; beside it those between the quantiles of a normal distribution's 1, 2 and 3 "
            + "standard deviations, with the median; all train rows.",
        Y = new PlotAxis(range.Feature),
        Boxes =
        [
            new Box("not cut", range.Low, range.Kind == "linear" ? double.NaN : range.Mean, range.High),
            .. Enumerable.Range(0, 3).Select(level => new Box($"{level + 1} sigma", range.Left[level], range.Median, range.Right[level])),
        ],
        Text =
        [
            FormattableString.Invariant($"mean {range.Mean:G4}, median {range.Median:G4}"),
            FormattableString.Invariant($"from {range.Minimum:G4} to {range.Maximum:G4}, {range.ShareCut:P2} cut"),
            .. range.Suspicions.Count == 0 ? [] : new[] { $"suspicious: {string.Join(", ", range.Suspicions)}" },
        ],
        Width = settings.Width * 3 / 4,
        Height = settings.Height * 3 / 4,
    };

    private static IEnumerable<NamedFigure> Convergence(ScalingChecksFile checks, PlotSettings settings) =>
        from cone in checks.Snapshots.GroupBy(one => one.Cone, StringComparer.Ordinal)
        from spread in MeanAndSpread
        let boxes = ScalingConvergence.Boxes(cone.Select(one => spread ? one.SpreadChanges : one.MeanChanges))
        where boxes.Count > 0
        let what = spread ? "spread" : "mean"
        select new NamedFigure($"{Prefix}convergence_{what}_{cone.Key}", new BoxFigure
        {
            Title = $"Changes of the {what} ({cone.Key})",
            Caption = "By how much of itself it changed from one snapshot to the next: median, quartiles, 5 % and 95 % of the features.",
            Of = "Rows before the snapshot",
            Y = new PlotAxis($"Relative change of the {what}", Log: true),
            Boxes =
            [
                .. boxes.Select((box, i) => new Box(
                    CellText.Count(checks.SnapshotRows[i + 1]), box[1], box[2], box[3], (box[0], box[4]))),
            ],
            Guide = checks.LargestChange,
            Width = settings.Width * 3 / 4,
            Height = settings.Height * 3 / 4,
        })
        { Group = "figures of how constants settle" };
}

/// <summary>Which features have a figure of their range.</summary>
public enum ScalingFiguresWanted
{
    /// <summary>None, and no figure of convergence.</summary>
    None,
    /// <summary>Those that are suspicious.</summary>
    Suspicious,
    /// <summary>All that are scaled.</summary>
    All,
}
