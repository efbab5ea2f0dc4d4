using System.Globalization;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>Areas and rates of all curves, and the confusion matrices.</summary>
internal static class RocTables
{
    public static ReportBlock Of(Performance performance)
    {
        double[] efficiencies = [.. performance.RocCurve.FirstOrDefault(curve => curve.Rates.Count > 0)?.Rates.Select(rate => rate.Efficiency) ?? []];
        return new ReportDetails("All curves in numbers",
        [
            new ReportTable("Area under each curve, and misidentification rates at fixed efficiencies with 68 % intervals",
                [new("Pair"), new("Discriminator"), new("Bin"), new("Taus", true), new("Fakes", true), new("Area", true), .. efficiencies.Select(efficiency => new ReportColumn(Text.Percent(efficiency), true))],
                [.. performance.RocCurve.Select(curve => (IReadOnlyList<string>)
                [
                    curve.Pair, curve.Title, string.Join(", ", BinText.Lines(curve.Bin)), Text.Count(curve.Signal), Text.Count(curve.Background),
                    curve.AucScore is { } area ? Text.Number(area) + (curve.AucError is { } error ? $" ± {Text.Number(error, "0.0000")}" : "") : "",
                    .. efficiencies.Select((_, i) => i < curve.Rates.Count ? $"{Text.Number(curve.Rates[i].Rate, "0.00000")} [{Text.Number(curve.Rates[i].Low, "0.00000")}, {Text.Number(curve.Rates[i].High, "0.00000")}]" : ""),
                ])]),
        ]);
    }

    public static IEnumerable<ReportBlock> Confusion(Performance performance) => performance.Confusion.Select(matrix => new ReportTable(
        $"Class of the largest network output, {matrix.Sample}: one row for each true class",
        [new("True class"), .. matrix.Classes.Select(name => new ReportColumn(name, true))],
        [.. matrix.Rows.Select((row, i) => (IReadOnlyList<string>)[matrix.Classes[i], .. row.Select(count => row.Sum() == 0 ? "0" : $"{Text.Count(count)} ({Text.Percent((double)count / row.Sum())})")])]));
}

/// <summary>Thresholds, and what they give on the rows that are shown.</summary>
internal static class WorkingPointTables
{
    public static IEnumerable<ReportBlock> Of(WorkingPointTable? found, Performance performance)
    {
        if (found is not null)
            yield return new ReportTable("Thresholds of the network, from calibration rows; passed by a score strictly above",
                [new("Against"), new("Working point"), new("Target efficiency", true), new("Threshold", true), new("Achieved", true)],
                [.. found.Rows.Select(row => (IReadOnlyList<string>)[TauTypes.Name(row.Against), row.Point.ToString(), Text.Number(row.Target), Text.Number(row.Threshold, "0.000000"), Text.Number(row.Achieved)])]);
        else yield return new ReportText("This campaign derives no working points of its own.");
        foreach (WorkingPointRow row in found?.Rows.Where(row => found.Rows.Any(other => other != row && other.Against == row.Against && other.Threshold == row.Threshold)) ?? [])
            yield return new ReportNote($"{row.Point} against {TauTypes.Name(row.Against)} shares its threshold with another working point: there are too few calibration taus to tell them apart.", NoteKind.Warning);
        if (performance.RocWp.Count == 0) yield break;
        yield return new ReportDetails("Working points on the rows shown",
        [
            new ReportTable("Efficiency and misidentification rate with 68 % Clopper-Pearson intervals",
                [new("Pair"), new("Discriminator"), new("Working point"), new("Bin"), new("Efficiency", true), new("Misidentification rate", true)],
                [.. performance.RocWp.Select(point => (IReadOnlyList<string>)[point.Pair, point.Title, point.Name, string.Join(", ", BinText.Lines(point.Bin)), Text.Share(point.TruePositiveRate), Text.Share(point.FalsePositiveRate)])]),
        ]);
    }
}

/// <summary>What mixing gave, and the gate behind it.</summary>
internal static class SamplingTables
{
    public static IEnumerable<ReportBlock> Of(Training training, YieldFile yields, ValidationFile validation)
    {
        string of = training.Name.Length == 0 ? "" : $" of {training.Name}";
        yield return new ReportText($"No event stands in two parts of the split{of}; the smallest of {validation.Tests.Count} Holm-corrected p-values between chunks is {Text.Number(validation.Tests.Select(test => test.Adjusted).DefaultIfEmpty(1).Min(), "0.000")}.");
        yield return new ReportDetails($"Expected yields of mixing{of}",
        [
            new ReportTable("Candidates before, acceptance, share of the type, candidates expected after", [new("Group"), new("Type"), new("|η| bin", true), new("pT bin", true), new("Before", true), new("Acceptance", true), new("Share", true), new("Expected", true)],
                [.. yields.Bins.Select(bin => (IReadOnlyList<string>)[bin.Group, bin.Type, Text.Count(bin.AbsEtaBin), Text.Count(bin.PtBin), Text.Count(bin.Count), Text.Number(bin.Acceptance), Text.Number(bin.Share), Text.Number(bin.Expected, "0.0")])]),
        ]);
    }
}

/// <summary>Every row from the raw file to the ROC curve.</summary>
internal static class LedgerTables
{
    public static IEnumerable<ReportBlock> Of(IReadOnlyList<LedgerFile> ledgers)
    {
        var stages = ledgers.GroupBy(ledger => ledger.Step.Split('/')[0]).Select(stage => (Stage: stage.Key, Lines: stage.SelectMany(ledger => ledger.Lines).ToList())).ToList();
        yield return new ReportTable("Rows given to each stage, made, left out and handed on; the books of every step close",
            [new("Stage"), new("In", true), new("Repeated", true), new("Dropped", true), new("Out", true)],
            [.. stages.Select(stage => (IReadOnlyList<string>)[stage.Stage, Sum(stage.Lines, RowFate.In), Sum(stage.Lines, RowFate.Repeated), Sum(stage.Lines, RowFate.Dropped), Sum(stage.Lines, RowFate.Out)])]);
        string[] classes = [.. stages.SelectMany(stage => stage.Lines).Where(line => line.Fate == RowFate.Out && line.Class.Length > 0).Select(line => line.Class).Distinct().OrderBy(name => TauTypes.All.TakeWhile(type => TauTypes.Name(type) != name).Count())];
        yield return new ReportTable("Rows handed on, by class", [new("Stage"), .. classes.Select(name => new ReportColumn(name, true))],
            [.. stages.Where(stage => stage.Lines.Any(line => classes.Contains(line.Class))).Select(stage => (IReadOnlyList<string>)[stage.Stage, .. classes.Select(name => Sum(stage.Lines.Where(line => line.Class == name), RowFate.Out))])]);
        yield return new ReportTable("Cut flow: rows left out or repeated, by reason and class", [new("Stage"), new("Fate"), new("Reason"), new("Class"), new("Rows", true)],
            [.. from stage in stages
                from line in stage.Lines.Where(line => line.Fate is RowFate.Dropped or RowFate.Repeated).GroupBy(line => (line.Fate, line.Reason, line.Class)).OrderBy(line => line.Key)
                select (IReadOnlyList<string>)[stage.Stage, line.Key.Fate == RowFate.Dropped ? "dropped" : "repeated", line.Key.Reason, line.Key.Class, Text.Count(line.Sum(one => one.Rows))]]);
    }

    private static string Sum(IEnumerable<LedgerLine> lines, RowFate fate) => Text.Count(lines.Where(line => line.Fate == fate).Sum(line => line.Rows));
}

/// <summary>Numbers as cells of a table.</summary>
internal static class Text
{
    public static string Number(double value, string format = "0.0000") => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Percent(double value) => (value * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    public static string Share(IntervalEntry share) => share.Value is { } value ? $"{Number(value, "0.00000")} [{Number(share.Low!.Value, "0.00000")}, {Number(share.High!.Value, "0.00000")}]" : "";
}
