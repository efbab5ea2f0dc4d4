using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>Every row from the raw file to the ROC curve.</summary>
internal static class LedgerTables
{
    public static IEnumerable<ReportBlock> Of(IReadOnlyList<LedgerFile> ledgers, ClassScheme known)
    {
        var stages = ledgers.GroupBy(ledger => ledger.Step.Split('/')[0]).Select(stage => (Stage: stage.Key, Lines: stage.SelectMany(ledger => ledger.Lines).ToList())).ToList();
        yield return new ReportTable("Rows given to each stage, made, left out and handed on; the books of every step close",
            [new("Stage"), new("In", true), new("Repeated", true), new("Dropped", true), new("Out", true)],
            [.. stages.Select(stage => (IReadOnlyList<string>)[stage.Stage, Sum(stage.Lines, RowFate.In), Sum(stage.Lines, RowFate.Repeated), Sum(stage.Lines, RowFate.Dropped), Sum(stage.Lines, RowFate.Out)])]);
        string[] classes = [.. stages.SelectMany(stage => stage.Lines).Where(line => line.Fate == RowFate.Out && line.Class.Length > 0).Select(line => line.Class).Distinct().OrderBy(name => known.All.TakeWhile(one => one.Name != name).Count())];
        yield return new ReportTable("Rows handed on, by class", [new("Stage"), .. classes.Select(name => new ReportColumn(name, true))],
            [.. stages.Where(stage => stage.Lines.Any(line => classes.Contains(line.Class))).Select(stage => (IReadOnlyList<string>)[stage.Stage, .. classes.Select(name => Sum(stage.Lines.Where(line => line.Class == name), RowFate.Out))])]);
        yield return new ReportTable("Cut flow: rows left out or repeated, by reason and class", [new("Stage"), new("Fate"), new("Reason"), new("Class"), new("Rows", true)],
            [.. from stage in stages
                from line in stage.Lines.Where(line => line.Fate is RowFate.Dropped or RowFate.Repeated).GroupBy(line => (line.Fate, line.Reason, line.Class)).OrderBy(line => line.Key)
                select (IReadOnlyList<string>)[stage.Stage, line.Key.Fate == RowFate.Dropped ? "dropped" : "repeated", line.Key.Reason, line.Key.Class, CellText.Count(line.Sum(one => one.Rows))]]);
    }

    private static string Sum(IEnumerable<LedgerLine> lines, RowFate fate) => CellText.Count(lines.Where(line => line.Fate == fate).Sum(line => line.Rows));
}
