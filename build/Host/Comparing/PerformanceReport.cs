using System.Globalization;

namespace TauPipeline.Host;

/// <summary>
/// What got better and what worse between two performance files, as a table or as JSON lines, and whether too much was lost.
/// </summary>
internal sealed class PerformanceReport(IReadOnlyList<PerformanceChange> changes, double? margin)
{
    /// <summary>Numbers that are gone, or significantly worse by more than the margin.</summary>
    public IReadOnlyList<PerformanceChange> Lost { get; } = margin is not { } most ? []
        : [.. changes.Where(change => change.Verdict == "gone" || (change.Verdict == "worse" && change.Loss > most))];

    /// <summary>One line for each number that changed.</summary>
    public IEnumerable<string> Lines(bool json) =>
        changes.Where(change => change.Verdict != "same").Select(change => json ? Json(change) : Text(change));

    private string Mark(PerformanceChange change) => Lost.Contains(change) ? "LOST" : "";

    private string Text(PerformanceChange change) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {change.Verdict,-13}  {change.Old.Curve}: {change.Old.Name} {change.Old.Value} -> {(change.New is { } after ? $"{after.Value}" : "none")}{Words(change)}{(Mark(change).Length > 0 ? "  LOST" : "")}");

    private static string Words(PerformanceChange change) => change.Significance is { } by
        ? string.Create(CultureInfo.InvariantCulture, $"  {by:+0.0;-0.0} sigma{(change.IsPaired ? ", same events" : "")}")
        : "";

    private string Json(PerformanceChange change) => JsonLine.Of(line =>
    {
        line.Write("event", "performance").Write("verdict", change.Verdict).Write("curve", change.Old.Curve)
            .Write("number", change.Old.Name).Write("old", change.Old.Value.Value).Write("old_low", change.Old.Value.Low)
            .Write("old_high", change.Old.Value.High);
        if (change.New is { Value: var value })
            line.Write("new", value.Value).Write("new_low", value.Low).Write("new_high", value.High);
        if (double.IsFinite(change.Loss)) line.Write("loss", change.Loss);
        if (change.Significance is { } by) line.Write("significance", by).Write("paired", change.IsPaired);
        line.Write("lost", Lost.Contains(change));
    });
}
