using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// A working point of a discriminator, found here or stored in the files, and which rows pass it; null for a row that does not say.
/// </summary>
internal sealed record PassingPoint(string Name, double? Threshold, Func<ScoredRows, bool?[]?> Passes)
{
    /// <summary>The network's working points against a class, loosest first.</summary>
    public static IEnumerable<PassingPoint> Of(Discriminator one, TauClass against, WorkingPointTable? thresholds) =>
        one.IsNetwork && thresholds is not null ? thresholds.Against(against.Name).Select(row => Found(one, against, row)) : [];

    /// <summary>Stored working points, loosest first.</summary>
    public static IEnumerable<PassingPoint> Stored(Discriminator one, TauClass against, StoredWorkingPoints stored) =>
        stored.Order.Select(point => new PassingPoint(point.ToString(), null, rows =>
            rows.Points(one.Name, against) is { } values
            ? [.. values.Select(value => value < 0 ? null : (bool?)stored.Passes(value, point))]
            : null));

    /// <summary>The working points against the other classes that must be passed too.</summary>
    public static IEnumerable<PassingPoint> Required(
        Discriminator one, TauClass against, WorkingPointTable? thresholds, IReadOnlyDictionary<TauClass, WorkingPoint> required) =>
        !one.IsNetwork || thresholds is null
            ? []
            : required.Where(other => other.Key != against).OrderBy(other => other.Key.Index)
                .Select(other => RequiredOf(one, other.Key, thresholds.Against(other.Key.Name).First(row => row.Point == other.Value)));

    private static PassingPoint RequiredOf(Discriminator one, TauClass other, WorkingPointRow row) =>
        Found(one, other, row) with { Name = $"{row.Point} against {other.Name}" };

    private static PassingPoint Found(Discriminator one, TauClass against, WorkingPointRow row) =>
        new(row.Point.ToString(), row.Threshold, rows =>
            rows.Scores(one.Name, against) is { } scores
                ? [.. scores.Select(score => double.IsNaN(score) ? null : (bool?)row.IsPassedBy(score))]
                : null);
}
