using System.Globalization;
using System.Net;
using System.Text;
using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>When each step of a run worked, as a picture: a band a stage, in it as many rows as steps worked side by side.</summary>
internal static class Timeline
{
    private const double Left = 130, Width = 860, Row = 18, BandGap = 6, Top = 26, SignWidth = 6.2;
    private static readonly double[] Steps =
    [
        0.1,
        0.2,
        0.5,
        1,
        2,
        5,
        10,
        20,
        30,
        60,
        120,
        300,
        600,
        1200,
        1800,
        3600,
        7200,
        14400,
        36000,
        86400,
    ];

    /// <summary>The <c>svg</c> element; scales with the page.</summary>
    public static string Svg(RunFacts run)
    {
        double seconds = Math.Max(run.Wall.TotalSeconds, 0.001), y = Top;
        var bands = new StringBuilder();
        foreach (IGrouping<string, StepFacts> stage in run.Steps.GroupBy(step => step.Step.Stage))
        {
            var ends = new List<TimeSpan>();
            var bars = new StringBuilder();
            foreach (StepFacts step in stage) Bar(bars, step, y + RowOf(ends, step) * Row, seconds);
            double height = ends.Count * Row;
            bands
                .Append(Text($"<text x=\"{Left - 10}\" y=\"{y + 13:0.#}\" text-anchor=\"end\" class=\"stage\">{Escaped(stage.Key)}</text>"))
                .Append(bars);
            y += height + BandGap;
            bands.Append(
                Text(
                    $"<line x1=\"{Left}\" x2=\"{Left + Width}\" y1=\"{y - BandGap / 2:0.#}\" y2=\"{y - BandGap / 2:0.#}\" class=\"rule\"/>\n"
                ));
        }
        return Text($"<svg viewBox=\"0 0 {Left + Width + 14:0} {y + 6:0}\" role=\"img\" aria-label=\"timeline of the steps\">\n")
            + Axis(seconds, y)
            + bands
            + "</svg>\n";
    }

    /// <summary>The colour of an outcome.</summary>
    public static string Colour(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Ran => "#0072b2",
        StepOutcome.RanUnchanged => "#56b4e9",
        StepOutcome.Failed => "#d55e00",
        StepOutcome.Cancelled => "#999999",
        _ => "#009e73",
    };

    private static string Axis(double seconds, double bottom)
    {
        double step = Steps.FirstOrDefault(one => seconds / one <= 9, Steps[^1]);
        var text = new StringBuilder();
        for (int tick = 0; tick * step <= seconds; tick++)
        {
            double x = Left + tick * step / seconds * Width;
            text.Append(
                Text(
                    $"<line x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top - 4}\" y2=\"{bottom:0.#}\" class=\"grid\"/><text x=\"{x:0.#}\" y=\"{Top - 10}\" text-anchor=\"middle\" class=\"tick\">{Moment(tick * step)}</text>\n"
                ));
        }
        return text.ToString();
    }

    private static string Moment(double seconds) => seconds switch
    {
        < 120 => Text($"{seconds:0.##} s"),
        < 7200 => Text($"{seconds / 60:0.#} min"),
        _ => Text($"{seconds / 3600:0.#} h"),
    };

    // The first row that is free again.
    private static int RowOf(List<TimeSpan> ends, StepFacts step)
    {
        int row = ends.FindIndex(end => end <= step.Start);
        if (row < 0)
        {
            row = ends.Count;
            ends.Add(default);
        }
        ends[row] = step.Start + step.Ended.Duration;
        return row;
    }

    private static void Bar(StringBuilder to, StepFacts step, double y, double seconds)
    {
        double x = Left + step.Start.TotalSeconds / seconds * Width,
            width = Math.Clamp(step.Ended.Duration.TotalSeconds / seconds * Width, 1.2, Math.Max(1.2, Left + Width - x));
        string name = step.Step.Key.Length > 0 ? step.Step.Key : step.Step.Id;
        to.Append(
                Text(
                    $"<g><title>{Escaped(step.Step.Id)}: {Words.Of(step.Ended.Outcome)}, {Words.Of(step.Ended.Duration)}, from {Moment(step.Start.TotalSeconds)}</title>"
                ))
            .Append(
                Text(
                    $"<rect x=\"{x:0.#}\" y=\"{y + 2:0.#}\" width=\"{width:0.#}\" height=\"{Row - 4}\" rx=\"2\" fill=\"{Colour(step.Ended.Outcome)}\"/>"
                ));
        if (name.Length * SignWidth < width - 8)
            to.Append(Text($"<text x=\"{x + 5:0.#}\" y=\"{y + 13:0.#}\" class=\"bar\">{Escaped(name)}</text>"));
        to.Append("</g>\n");
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
