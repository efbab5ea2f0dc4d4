using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>The events generated for a raw file: what it says of them itself, else those that were seen in it.</summary>
internal static class FileEvents
{
    /// <summary>The events of a file.</summary>
    /// <param name="raw">The file.</param>
    /// <param name="layout">Says where such files keep the sums.</param>
    /// <param name="seen">The events that were read.</param>
    /// <param name="share">Part of the file that was read: the rest counts no more than its rows do.</param>
    public static GeneratedEvents Of(RawFile raw, ITupleLayout layout, EventTally seen, double share)
    {
        string kind = seen.Events == 1 ? "event" : "events";
        var ofSeen = new GeneratedEvents(
            seen.Events,
            seen.SumOfWeights,
            $"the {seen.Events} {kind} seen: the file does not say how many there were");
        if (raw.Find(layout.Generated.Table) is not { } table || Stated(table, layout.Generated.Counts) is not { } count) return ofSeen;
        long events = (long)Math.Round(count * share);
        if (Stated(table, layout.Generated.Sums) is { } sum) return new GeneratedEvents(events, sum * share, $"{table.Name}");
        return seen.CommonWeight is { } weight
            ? new GeneratedEvents(
                events,
                events * weight,
                $"{table.Name}, all events having the weight {weight.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}")
            : ofSeen with { From = $"the {seen.Events} {kind} seen: {table.Name} has no sum of weights" };
    }

    // The first of these columns that the table has, summed over its rows: one a run, or one a job.
    private static double? Stated(IRawTable table, IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => table.Find(name) is { Numbers.IsJagged: false }) is not { } column) return null;
        var sum = new Statistics.OrderedSum();
        foreach (Batch batch in table.Read(new RawSelection([column])))
            foreach (double value in batch[column].ToDoubles()) sum.Add(value);
        return sum.Value;
    }
}
