using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>What a reader must know before the numbers.</summary>
internal static class ReportNotes
{
    private const long FewCandidates = 1000;

    public static IEnumerable<ReportNote> Of(Performance performance, ReportSettings settings, IReadOnlyList<LedgerFile> ledgers)
    {
        if (settings.QuickLook)
            yield return new ReportNote(
                "A quick look: limit.entries cut the input files short. These numbers are not results.",
                NoteKind.Warning);
        long rows = ledgers.Where(ledger => ledger.Step == "Metrics")
            .SelectMany(ledger => ledger.Lines)
            .Where(line => line.Fate == RowFate.Out)
            .Sum(line => line.Rows);
        if (rows < FewCandidates)
            yield return new ReportNote(
                $"Only {rows} candidates are shown: so few candidates prove that the format flows through every stage, not that the network is good.",
                NoteKind.Warning);
        foreach (string note in settings.Notes) yield return new ReportNote(note);
        foreach (string note in performance.Notes) yield return new ReportNote(note);
    }
}
