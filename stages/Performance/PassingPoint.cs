using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>A working point of a discriminator, found here or stored in the files, and which rows pass it.</summary>
internal sealed record PassingPoint(string Name, double? Threshold, Func<ScoredRows, bool[]?> Passes)
{
    /// <summary>The working points against a type, loosest first.</summary>
    public static IEnumerable<PassingPoint> Of(Discriminator one, TauType against, WorkingPointTable? thresholds)
    {
        if (one.IsNetwork)
            foreach (WorkingPointRow row in thresholds?.Against(against) ?? []) yield return Found(one, against, row);
        if (one.Points.TryGetValue(against, out StoredPoints? stored))
            foreach (WorkingPoint point in stored.Decoding.Order)
                yield return new PassingPoint(point.ToString(), null, rows => rows.Points(one.Name, against) is { } values && values.All(value => value >= 0)
                    ? [.. values.Select(value => stored.Decoding.Passes(value, point))] : null);
    }

    /// <summary>The working points against the other types that must be passed too.</summary>
    public static IEnumerable<PassingPoint> Required(Discriminator one, TauType against, WorkingPointTable? thresholds, IReadOnlyDictionary<TauType, WorkingPoint> required) =>
        !one.IsNetwork || thresholds is null ? [] : required.Where(other => other.Key != against).OrderBy(other => other.Key)
            .Select(other => Found(one, other.Key, thresholds.Against(other.Key).First(row => row.Point == other.Value)));

    private static PassingPoint Found(Discriminator one, TauType against, WorkingPointRow row) =>
        new(row.Point.ToString(), row.Threshold, rows => rows.Scores(one.Name, against) is { } scores ? [.. scores.Select(score => score > row.Threshold)] : null);
}
