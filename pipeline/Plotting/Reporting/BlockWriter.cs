using System.Globalization;
using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>Writes the blocks of a page in order, numbering its figures.</summary>
internal sealed class BlockWriter(StringBuilder page)
{
    private readonly PackedSpecifications _specifications = new();
    private int _figures;

    public bool HasFigures => _figures > 0;

    /// <summary>What the specifications of all figures share.</summary>
    public string SharedSpecification => _specifications.Shared;

    public void Write(IReadOnlyList<ReportBlock> blocks)
    {
        foreach (ReportBlock block in blocks) Write(block);
    }

    public void Write(ReportBlock block)
    {
        switch (block)
        {
            case ReportText text: page.Append(CultureInfo.InvariantCulture, $"<p>{Html.Text(text.Text)}</p>\n"); break;
            case ReportNote note: Write(note); break;
            case ReportCode code:
                page.Append(CultureInfo.InvariantCulture, $"<pre tabindex=\"0\"><code>{Html.Escape(code.Text)}</code></pre>\n");
                break;
            case ReportDetails details:
                page.Append(CultureInfo.InvariantCulture, $"<details><summary>{Html.Text(details.Summary)}</summary>\n");
                Write(details.Blocks);
                page.Append("</details>\n");
                break;
            case ReportTable table: Write(table); break;
            case ReportFigure figure: Write(figure); break;
            default: throw new Defect($"a report has no way to show a {block.GetType().Name}");
        }
    }

    private void Write(ReportNote note)
    {
        (string style, string word) = note.Kind == NoteKind.Warning ? ("warning", "Warning") : ("remark", "Note");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"note {style}\" role=\"note\"><strong>{word}</strong> {Html.Text(note.Text)}</p>\n");
    }

    private void Write(ReportTable table)
    {
        page.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{Html.Escape(Subscript.Plain(table.Caption))}\"><table>\n<caption>{Html.Text(table.Caption)}</caption>\n<thead><tr>"
        );
        foreach (ReportColumn column in table.Columns)
            page.Append(
                CultureInfo.InvariantCulture,
                $"<th scope=\"col\"{(column.Number ? " class=\"number\"" : "")}>{Html.Text(column.Title)}</th>");
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            if (row.Count != table.Columns.Count)
                throw new Defect(
                    new ErrorText(
                        $"a row of table '{table.Caption}' does not fit its columns",
                        [("columns", $"{table.Columns.Count}"), ("cells", $"{row.Count}")]));
            page.Append("<tr>");
            for (int i = 0; i < row.Count; i++)
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"<td{(table.Columns[i].Number ? " class=\"number\"" : "")}>{Html.Text(row[i])}</td>");
            page.Append("</tr>\n");
        }
        page.Append("</tbody></table></div>\n");
    }

    private void Write(ReportFigure figure)
    {
        int number = ++_figures;
        page.Append(
            CultureInfo.InvariantCulture,
            $"<figure class=\"plot\" id=\"figure-{number}\">\n<div class=\"paper\" role=\"img\" aria-label=\"{Html.Escape(Subscript.Plain($"{figure.Title}. {figure.Caption}"))}\">"
        );
        if (figure.Svg is not null)
            page.Append(
                CultureInfo.InvariantCulture,
                $"<img alt=\"{Html.Escape(Subscript.Plain(figure.Title))}\" src=\"{Html.DataAddress(figure.Svg)}\">");
        page.Append("</div>\n");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<figcaption><strong>Figure {number}. {Html.Text(figure.Title)}.</strong> {Html.Text(figure.Caption)}");
        foreach ((string label, string path) in figure.Files)
            page.Append(CultureInfo.InvariantCulture, $" <a href=\"{Html.Escape(path)}\">{Html.Escape(label)}</a>");
        page.Append(
            CultureInfo.InvariantCulture,
            $"</figcaption>\n<script type=\"application/json\">{Html.Json(_specifications.Pack(figure.VegaLite))}</script>\n</figure>\n");
    }
}
