using System.Globalization;
using System.Net;
using System.Text;
using TauPipeline.BuildGraph;
using TauPipeline.RunStore;

namespace TauPipeline.Host;

/// <summary>The report of a run as one page that needs nothing else: no script, no file beside it.</summary>
internal static class RunReportPage
{
    private const int MostReasons = 8;

    private const string Style = """
        body { font: 15px/1.45 system-ui, "Helvetica Neue", Arial, sans-serif; color: #1d1d24; background: #fff; max-width: 1080px; margin: 2em auto; padding: 0 1.2em; }
        h1 { font-size: 1.5em; margin: 0 0 .1em; } h2 { font-size: 1.1em; margin: 2em 0 .5em; }
        .under { color: #5c5c68; margin: 0 0 1.2em; } code { font: 13px ui-monospace, "DejaVu Sans Mono", monospace; }
        .tiles { display: flex; flex-wrap: wrap; gap: .6em; } .tile { border: 1px solid #dcdce4; border-radius: 8px; padding: .5em .9em; min-width: 6.2em; }
        .tile b { display: block; font-size: 1.35em; font-weight: 600; } .tile span { color: #5c5c68; font-size: .87em; }
        table { border-collapse: collapse; width: 100%; font-size: .92em; } th { text-align: left; color: #5c5c68; font-weight: 600; border-bottom: 1.5px solid #c9c9d2; }
        td, th { padding: .28em .7em .28em 0; vertical-align: top; } td { border-bottom: 1px solid #ececf1; } td.n, th.n { text-align: right; white-space: nowrap; }
        td.why { overflow-wrap: anywhere; } .dot { display: inline-block; width: .7em; height: .7em; border-radius: 50%; margin-right: .45em; }
        svg { width: 100%; height: auto; } svg text { font: 11px system-ui, Arial, sans-serif; } .stage { fill: #1d1d24; } .tick { fill: #5c5c68; } .bar { fill: #fff; }
        .grid { stroke: #ececf1; } .rule { stroke: #f3f3f6; } .bad { color: #b34a00; }
        """;

    // Beside the folder that the page is in.
    private const string RunStore =
        $"<h2>Trainings</h2>\n<p>Their settings, losses and results are kept in <a href=\"../{MlflowStore.FolderName}\">runs/{MlflowStore.FolderName}</a>: "
        + "<code>dotnet cake --target=Runs</code> compares them.</p>\n";

    /// <summary>The whole page.</summary>
    public static string Of(RunFacts run)
    {
        var page = new StringBuilder(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        page.Append(Text($"<title>{run.Campaign}: {run.Verdict}</title>"))
            .Append("<style>\n")
            .Append(Style)
            .Append("\n</style></head><body>\n");
        page.Append(
            Text(
                $"<h1>{run.Campaign}: {run.Verdict} in {Words.Of(run.Wall)}</h1>\n<p class=\"under\">{Words.Of((DateTime?)run.Began)} &middot; <code>{run.CommandLine}</code></p>\n"
            ));
        Tiles(page, run);
        if (run.Steps.Count > 0)
        {
            page.Append("<h2>When each step worked</h2>\n").Append(Timeline.Svg(run));
            Ran(page, run);
        }
        LeftAlone(page, run);
        Saved(page, run);
        if (run.Notes.Count > 0)
            page.Append("<h2>Notes</h2>\n<ul>").Append(string.Concat(run.Notes.Select(note => Text($"<li>{note}</li>")))).Append("</ul>\n");
        if (run.HasRunStore) page.Append(RunStore);
        Rows(
            page,
            "What it ran on",
            ["", ""],
            run.Machine.Append((Name: "jobs", Value: run.Jobs.ToString(CultureInfo.InvariantCulture)))
                .Select(fact => Text($"<td>{fact.Name}</td><td class=\"why\">{fact.Value}</td>")));
        return page.Append("</body></html>\n").ToString();
    }

    private static void Tiles(StringBuilder page, RunFacts run)
    {
        page.Append("<div class=\"tiles\">");
        foreach (
            (StepOutcome outcome, int count) in run
                .Steps.Select(step => (step.Ended.Outcome, 1))
                .Concat(run.LeftAlone.Select(left => (left.Outcome, left.Count)))
            .GroupBy(one => one.Outcome, one => one.Item2).OrderBy(group => group.Key).Select(group => (group.Key, group.Sum())))
            page.Append(Text($"<div class=\"tile\"><b>{count}</b><span>{Words.Of(outcome)}</span></div>"));
        page.Append(Text($"<div class=\"tile\"><b>{run.Busy * 100:0} %</b><span>of {run.Jobs} processors busy</span></div>"));
        foreach ((StepOutcome outcome, _, TimeSpan time) in run.Saved.Where(saved => saved.Outcome != StepOutcome.UpToDate))
            page.Append(Text($"<div class=\"tile\"><b>{Words.Of(time)}</b><span>saved by {By(outcome)}</span></div>"));
        page.Append("</div>\n");
    }

    private static void Ran(StringBuilder page, RunFacts run) =>
        Rows(
            page,
            "What ran, and why",
            ["step", "outcome", "n:from", "n:time", "n:attempts", "n:memory", "why"],
            run.Steps.Select(step =>
                Text(
        $"<td>{step.Step.Id}</td><td><span class=\"dot\" style=\"background:{Timeline.Colour(step.Ended.Outcome)}\"></span>{Words.Of(step.Ended.Outcome)}</td><td class=\"n\">{step.Start.TotalSeconds:0.00} s</td><td class=\"n\">{Words.Of(step.Ended.Duration)}</td>"
    )
        + Text(
            $"<td class=\"n\">{step.Ended.Attempts}</td><td class=\"n\">{(step.Ended.PeakMemory > 0 ? Words.Size(step.Ended.PeakMemory) : "")}</td><td class=\"why\">"
        )
        + Why(step.Ended)
        + "</td>"));

    private static string Why(StepEnded step)
    {
        IEnumerable<string> lines = step.Reasons.Take(MostReasons).Select(reason => Text($"{reason}"));
        if (step.Reasons.Count > MostReasons) lines = lines.Append(Text($"and {step.Reasons.Count - MostReasons} more"));
        if (step.Error is { } error) lines = lines.Append("<span class=\"bad\">" + Text($"{error.Title}") + "</span>");
        return string.Join("<br>", lines);
    }

    private static void LeftAlone(StringBuilder page, RunFacts run) => Rows(page, "What was left alone", ["stage", "n:steps", "because"],
        run.LeftAlone.Select(left => Text($"<td>{left.Stage}</td><td class=\"n\">{left.Count}</td><td>{Words.WhyNot(left.Outcome)}</td>")));

    private static void Saved(StringBuilder page, RunFacts run) =>
        Rows(
            page,
            "What was saved (by what these steps took when they last worked)",
            ["by", "n:steps", "n:time"],
        run.Saved.Select(saved =>
            Text($"<td>{By(saved.Outcome)}</td><td class=\"n\">{saved.Count}</td><td class=\"n\">{Words.Of(saved.Time)}</td>")));

    private static string By(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Restored => "the run cache",
        StepOutcome.CutOff => "early cutoff",
        _ => "being up to date",
    };

    // A heading that begins with n: is that of numbers.
    private static void Rows(StringBuilder page, string title, string[] header, IEnumerable<string> rows)
    {
        string[] all = [.. rows];
        if (all.Length == 0) return;
        page.Append(Text($"<h2>{title}</h2>\n<table><tr>"));
        foreach (string head in header)
            page.Append(
                head.StartsWith("n:", StringComparison.Ordinal) ? Text($"<th class=\"n\">{head[2..]}</th>") : Text($"<th>{head}</th>"));
        page.Append("</tr>\n");
        foreach (string row in all) page.Append("<tr>").Append(row).Append("</tr>\n");
        page.Append("</table>\n");
    }

    // Whatever is put into the markup is made harmless on its way.
    private static string Text(FormattableString text) =>
        string.Format(
            CultureInfo.InvariantCulture,
            text.Format,
            [
                .. text.GetArguments()
                    .Select(argument =>
                        argument is IFormattable number ? (object)number : WebUtility.HtmlEncode(argument?.ToString() ?? "")),
            ]);
}
