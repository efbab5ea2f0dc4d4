using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>Every row from the raw file to the ROC curve, counted and weighted.</summary>
internal static class LedgerTables
{
    public static IEnumerable<ReportBlock> Of(IReadOnlyList<LedgerFile> ledgers, ClassScheme known)
    {
        List<StageLines> stages =
        [
            .. ledgers.GroupBy(ledger => ledger.Step.Split('/')[0])
                .Select(stage => new StageLines(stage.Key, [.. stage.SelectMany(ledger => ledger.Lines)])),
        ];
        RowFate[] fates = [RowFate.In, RowFate.Repeated, RowFate.Dropped, RowFate.Out];
        yield return new ReportTable("Rows given to each stage, made, left out and handed on; the books of every step close in every class",
            [new("Stage"), .. fates.Select(fate => new ReportColumn($"{fate}", true)), new("Weight in", true), new("Weight out", true)],
            [
                .. stages.Select(stage => (IReadOnlyList<string>)
                [
                    stage.Name, .. fates.Select(fate => Rows(stage.Of(fate))), Weight(stage.Of(RowFate.In)), Weight(stage.Of(RowFate.Out)),
                ]),
            ]);
        IEnumerable<string> handedOn = stages.SelectMany(stage => stage.Of(RowFate.Out)).Select(line => line.Class);
        string[] classes =
            [.. handedOn.Where(name => name.Length > 0).Distinct().OrderBy(name => known.All.TakeWhile(one => one.Name != name).Count())];
        StageLines[] classed = [.. stages.Where(stage => stage.Lines.Any(line => classes.Contains(line.Class)))];
        yield return ByClass("Rows handed on, by class", classed, classes, Rows);
        yield return ByClass("Sums of event weights handed on, by class", classed, classes, Weight);
        yield return new ReportTable("Cut flow: rows left out, repeated, or handed on without a score, by reason and class",
            [new("Stage"), new("Fate"), new("Reason"), new("Class"), new("Rows", true), new("Weight", true)],
            [
                .. from stage in stages
                   from line in stage.Of(RowFate.Dropped).Concat(stage.Of(RowFate.Repeated)).Concat(stage.Of(RowFate.Out).Where(LacksScore))
                       .GroupBy(line => (line.Fate, line.Reason, line.Class)).OrderBy(line => line.Key)
                   select (IReadOnlyList<string>)
                       [stage.Name, Word(line.Key.Fate), line.Key.Reason, line.Key.Class, Rows(line), Weight(line)],
            ]);
    }

    private static ReportTable ByClass(
        string title, IEnumerable<StageLines> stages, string[] classes, Func<IEnumerable<LedgerLine>, string> cell)
    {
        IReadOnlyList<string> RowOf(StageLines stage) =>
            [stage.Name, .. classes.Select(name => cell(stage.Of(RowFate.Out).Where(line => line.Class == name)))];

        return new(title, [new("Stage"), .. classes.Select(name => new ReportColumn(name, true))], [.. stages.Select(RowOf)]);
    }

    // They are in the books as handed on, and yet miss where their score is shown.
    private static bool LacksScore(LedgerLine line) => line.Reason.StartsWith(MissingScores.Reason, StringComparison.Ordinal);

    private static string Word(RowFate fate) => fate switch
    {
        RowFate.Dropped => "dropped",
        RowFate.Repeated => "repeated",
        _ => "handed on",
    };

    private static string Rows(IEnumerable<LedgerLine> lines) => CellText.Count(lines.Sum(line => line.Rows));

    private static string Weight(IEnumerable<LedgerLine> lines) => CellText.Weight(lines.Sum(line => line.Weight));

    private sealed record StageLines(string Name, IReadOnlyList<LedgerLine> Lines)
    {
        public IEnumerable<LedgerLine> Of(RowFate fate) => Lines.Where(line => line.Fate == fate);
    }
}
