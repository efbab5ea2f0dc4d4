using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>How well heads of the network tell their values.</summary>
internal static class HeadTables
{
    public static IEnumerable<ReportBlock> Of(HeadFile head)
    {
        foreach (HeadGuesses guesses in head.Guesses)
            yield return new ReportTable(
                $"{guesses.Title}: one row for each true value, and the share that is guessed right with its interval",
                [
                    new("True value"), .. head.Values.Select(name => new ReportColumn(name, true)), new("None", true), new("Right", true),
                ],
                [
                    .. guesses.Rows.Select((row, truth) => (IReadOnlyList<string>)
                    [
                        head.Values[truth],
                        .. row.Select(count => row.Sum() == 0 ? "0" : $"{CellText.Count(count)} ({CellText.Percent((double)count / row.Sum())})"),
                        CellText.Share(guesses.Efficiencies[truth]),
                    ]),
                ]);
        yield return new ReportTable(
            "All values together: the mean of the shares that are right, and the share whose group is right",
            [new("Guess"), new("Balanced", true), new("Group", true)],
            [
                .. head.Guesses.Select(guesses => (IReadOnlyList<string>)
                [
                    guesses.Title,
                    guesses.BalancedAccuracy is { } balanced ? CellText.Number(balanced) : "",
                    guesses.GroupAccuracy is { } group ? CellText.Share(group) : "",
                ]),
                .. head.BalancedDifference is { } difference
                    ? new IReadOnlyList<string>[] { ["Difference, 95 %", CellText.Share(difference.Value, difference.Low, difference.High), ""] }
                    : [],
            ]);
    }
}
