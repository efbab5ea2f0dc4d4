using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Plotting;
using Xunit;

namespace TauPipeline.Tests.Unit.Plotting;

public sealed class ReportPageTests
{
    private static readonly ReportPage Page = new(
        new PageScripts("var vega;</script>\n//# sourceMappingURL=vega.min.js.map\n", "var vegaLite;")
    );

    [Fact]
    public void Text_from_outside_never_becomes_markup()
    {
        ReportFigure figure = ReportFigure.Of(
            SampleFigures.History() with
            {
                Title = SampleReport.Hostile,
                Caption = SampleReport.Hostile,
                Y = new PlotAxis(SampleReport.Hostile),
            },
            new PlotTheme(),
            "<svg/>",
            (SampleReport.Hostile, "a\"b.svg"));

        string page = Page.Html(SampleReport.Of(figure));

        page.ShouldNotContain("<img src=x");
        page.ShouldContain("&lt;img src=x onerror=alert(&#39;1&#39;)&gt; &amp; &quot;quotes&quot; &lt;/script&gt;");
        page.ShouldContain("\\u003cimg src=x");
        page.ShouldContain("href=\"a&quot;b.svg\"");
        Regex.Count(page, "<script").ShouldBe(Regex.Count(page, "</script>"));
    }

    [Fact]
    public void A_browser_is_given_nothing_to_load()
    {
        string page = Page.Html(SampleReport.Of(Figure()));

        Regex.Matches(page, """(?:src|href|action|poster|data)\s*=\s*["']?(https?:|//)[^"'>]*""").ShouldBeEmpty();
        Regex.Matches(page, """@import|url\(|<link|sourceMappingURL""").ShouldBeEmpty();
        page.ShouldContain("content=\"default-src 'none';");
        page.ShouldContain("src=\"data:image/svg+xml;base64,PHN2Zy8+\"");
    }

    // What the browser makes of the page's specifications, in node.
    [NeedsNodePackagesFact]
    public void Specifications_are_packed_without_loss()
    {
        PlotTheme theme = new() { Hover = true };
        string[] figures = [SampleFigures.Roc(8).VegaLite(theme), SampleFigures.Histogram().VegaLite(theme), "{\"datasets\":{\"empty\":[]}}"];
        string page = Page.Html(SampleReport.Of([.. figures.Select(figure => new ReportFigure("t", "", figure, null, []))]));
        MatchCollection packed = Regex.Matches(page, "<script type=\"application/json\">(.*?)</script>", RegexOptions.Singleline);
        string shared = Regex.Match(page, "id=\"shared\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        string program = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "plotting", "specification.js"));

        for (int i = 0; i < figures.Length; i++)
        {
            ProcessOutcome node = ProcessRunner.Run(
                new ProcessRequest(
                    NodeProgram.Find(),
                    ["-e", $"{program}console.log(JSON.stringify(wholeSpecification({packed[i].Groups[1].Value}, {(i < 2 ? shared : "{}")})))"]),
                CancellationToken.None);
            JsonNode.DeepEquals(JsonNode.Parse(node.Output), JsonNode.Parse(figures[i])).ShouldBeTrue($"figure {i}");
        }
        packed[0].Value.ShouldContain("\"curves\":{\"fields\":[\"series\",\"x\",\"y\",\"low\",\"high\"],\"rows\":[[");
        packed[1].Value.ShouldNotContain("\"config\":");
    }

    [NeedsNodePackagesFact]
    public void The_real_bundles_are_inlined_whole_and_load_nothing()
    {
        string page = new ReportPage(PageScripts.From(NodeModules.Find())).Html(SampleReport.Of(Figure()));

        page.Length.ShouldBeGreaterThan(700_000);
        page.ShouldNotContain("sourceMappingURL");
        Regex.Matches(page, """(?:src|href)\s*=\s*["'](https?:|//)""").ShouldBeEmpty();
        Regex.Count(page, "<script[ >]").ShouldBe(Regex.Count(page, "</script>"));
    }

    [Fact]
    public void A_page_without_figures_carries_no_drawing_programs()
    {
        string page = Page.Html(SampleReport.Of());

        page.ShouldNotContain("var vega;");
        Page.Html(SampleReport.Of(Figure())).ShouldContain("var vega;<\\/script>");
    }

    [Fact]
    public void The_navigation_leads_to_every_section()
    {
        string page = Page.Html(SampleReport.Of());

        string[] targets = [.. Regex.Matches(page, "href=\"#(section-[0-9]+)\"").Select(match => match.Groups[1].Value)];
        targets.ShouldBe(["section-1", "section-2", "section-3"]);
        targets.ShouldAllBe(target => page.Contains($"<section id=\"{target}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Warnings_come_before_numbers()
    {
        string page = Page.Html(SampleReport.Of());

        int warning = page.IndexOf("so few candidates prove the format", StringComparison.Ordinal);
        warning.ShouldBeGreaterThan(0);
        warning.ShouldBeLessThan(page.IndexOf("0.9731", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes() =>
        Page.Html(SampleReport.Of(Figure())).ShouldBe(Page.Html(SampleReport.Of(Figure())));

    [Fact]
    public void A_row_that_does_not_fit_its_table_is_a_defect()
    {
        var report = new Report
        {
            Title = "t",
            Sections =
            [
                new ReportSection(
                    "s",
                    [
                        new ReportTable(
                            "c",
                            [new ReportColumn("a"), new ReportColumn("b")],
                            [
                                ["1"],
                            ]),
                    ]),
            ],
        };

        Should.Throw<Defect>(() => Page.Html(report))
            .Text.ToString()
            .ShouldBe("a row of table 'c' does not fit its columns\n  columns  2\n  cells    1");
    }

    private static ReportFigure Figure() => ReportFigure.Of(SampleFigures.History(), new PlotTheme(), "<svg/>");
}
