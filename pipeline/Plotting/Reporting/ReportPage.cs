using System.Globalization;
using System.Text;

namespace TauPipeline.Plotting;

/// <summary>One HTML file that needs nothing else: no network, no folder beside it; the same report gives the same bytes.</summary>
/// <param name="scripts">What draws the figures in the reader's browser.</param>
public sealed class ReportPage(PageScripts scripts)
{
    // Whatever got into the page by mistake, a browser loads nothing from anywhere. Vega compiles its expressions, hence the last word.
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'";

    /// <summary>The page's text.</summary>
    /// <exception cref="Foundation.Defect">A table's row does not fit its columns.</exception>
    public string Html(Report report)
    {
        var page = new StringBuilder();
        var blocks = new BlockWriter(page);
        Head(page, report);
        page.Append(CultureInfo.InvariantCulture, $"<header>\n<h1>{Escape(report.Title)}</h1>\n");
        if (report.Subtitle.Length > 0) page.Append(CultureInfo.InvariantCulture, $"<p class=\"subtitle\">{Escape(report.Subtitle)}</p>\n");
        page.Append("</header>\n");
        Navigation(page, report.Sections);
        page.Append("<main id=\"content\">\n");
        blocks.Write(report.Notes);
        Cards(page, report.Cards);
        for (int i = 0; i < report.Sections.Count; i++)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<section id=\"section-{i + 1}\" aria-labelledby=\"heading-{i + 1}\">\n<h2 id=\"heading-{i + 1}\">{Escape(report.Sections[i].Title)}</h2>\n"
            );
            blocks.Write(report.Sections[i].Blocks);
            page.Append("</section>\n");
        }
        page.Append("</main>\n");
        if (blocks.HasFigures)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<script type=\"application/json\" id=\"shared\">{Plotting.Html.Json(blocks.SharedSpecification)}</script>\n");
            Script(Script(page, scripts.Vega), scripts.VegaLite);
            Script(page, File.ReadAllText(ShippedFiles.At("specification.js")));
        }
        Script(page, File.ReadAllText(ShippedFiles.At("report.js"))).Append("</body>\n</html>\n");
        return page.ToString();
    }

    private static void Head(StringBuilder page, Report report) => page.Append(CultureInfo.InvariantCulture, $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <meta name="color-scheme" content="light dark">
        <title>{Escape(report.Title)}</title>
        <style>
        {File.ReadAllText(ShippedFiles.At("report.css"))}</style>
        </head>
        <body>
        <a class="skip" href="#content">Skip to content</a>

        """);

    private static void Navigation(StringBuilder page, IReadOnlyList<ReportSection> sections)
    {
        page.Append("<nav aria-label=\"Sections\"><ol>\n");
        for (int i = 0; i < sections.Count; i++)
            page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#section-{i + 1}\">{Escape(sections[i].Title)}</a></li>\n");
        page.Append("</ol></nav>\n");
    }

    private static void Cards(StringBuilder page, IReadOnlyList<ReportCard> cards)
    {
        if (cards.Count == 0) return;
        page.Append("<dl class=\"cards\">\n");
        foreach (ReportCard card in cards)
            page.Append(
                CultureInfo.InvariantCulture,
                $"<div><dt>{Plotting.Html.Text(card.Label)}</dt><dd><b>{Escape(card.Value)}</b> {Plotting.Html.Text(card.Detail)}</dd></div>\n"
            );
        page.Append("</dl>\n");
    }

    private static StringBuilder Script(StringBuilder page, string program) =>
        page.Append("<script>").Append(Plotting.Html.Script(program)).Append("</script>\n");

    private static string Escape(string text) => Plotting.Html.Escape(text);
}
