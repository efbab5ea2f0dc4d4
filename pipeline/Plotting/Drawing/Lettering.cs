using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>Text in and above a frame.</summary>
internal static class Lettering
{
    private const double Margin = 16;

    // from the frame to the numbers below it, and from those to the title, as the sheet's axes have it
    private const double TitleDrop = 15;

    /// <summary>The theme's header above the frame's corners; what does not fit beside the rest is left out.</summary>
    public static void Header(Panel panel, PlotTheme theme)
    {
        double size = theme.FontSize + 3, small = theme.FontSize + 1;
        double after = theme.Header.Length == 0 ? 0 : TextWidth.Bold(theme.Header, size) + 8;
        double free = panel.Width - TextWidth.Regular(theme.RightHeader, small) - 8;
        Put(panel, theme.Header, new Letters(0, -9, size) { Weight = "bold" });
        if (after + TextWidth.Regular(theme.SubHeader, small) <= free)
            Put(panel, theme.SubHeader, new Letters(after, -9, small) { Slant = "italic" });
        if (free >= after) Put(panel, theme.RightHeader, new Letters(panel.Width, -9, small) { Align = "right" });
    }

    /// <summary>
    /// Lines inside the frame, stacked in a corner; in an upper one <paramref name="under"/> rows of a legend are left free above them.
    /// </summary>
    public static void Lines(Panel panel, IReadOnlyList<string> lines, (bool Right, bool Bottom) corner, PlotTheme theme, int under = 0)
    {
        double row = Math.Round(theme.FontSize * 1.5);
        for (int i = 0; i < lines.Count; i++)
        {
            double y = corner.Bottom
                ? panel.Height - Margin - ((lines.Count - 1 - i) * row)
                : row + ((under > 0 ? under + 0.4 : 0) * row) + (i * row);
            Put(
                panel,
                lines[i],
                new Letters(corner.Right ? panel.Width - Margin : Margin, y, theme.FontSize)
                {
                    Align = corner.Right ? "right" : "left",
                    Baseline = "middle",
                });
        }
    }

    /// <summary>The title of the horizontal axis where it has an index, which an axis' own title cannot have.</summary>
    public static void AxisTitle(Panel panel, PlotTheme theme)
    {
        if (Subscript.Split(panel.X.Label) is null) return;
        double size = theme.FontSize + 2;
        Put(panel, panel.X.Label, new Letters(panel.Width, panel.Height + TitleDrop + theme.FontSize + size, size) { Align = "right" });
    }

    /// <summary>One text; an index stands lower and smaller.</summary>
    public static void Put(Panel panel, string text, Letters letters)
    {
        if (Subscript.Split(text) is not (string before, string index, string after))
        {
            PutRun(panel, text, letters);
            return;
        }
        double small = Math.Round(letters.Size * Subscript.Size), indexWidth = TextWidth.Regular(index, small) + 1;
        // All is measured from where the index begins, so that it touches its letter whatever the other widths are.
        double at = letters.Align == "right"
            ? letters.X - TextWidth.Regular(after, letters.Size) - indexWidth
            : letters.X + TextWidth.Regular(before, letters.Size);
        PutRun(panel, before, letters with { X = at, Align = "right" });
        PutRun(
            panel,
            index,
            letters with
            {
                X = at,
                Y = letters.Y + Math.Round(letters.Size * Subscript.Drop),
                Size = small,
                Align = "left",
            });
        // a space at the beginning of a text is not drawn
        double space = after.StartsWith(' ') ? TextWidth.Regular(" ", letters.Size) : 0;
        PutRun(panel, after.TrimStart(' '), letters with { X = at + indexWidth + space, Align = "left" });
    }

    private static void PutRun(Panel panel, string text, Letters letters)
    {
        if (text.Length == 0) return;
        var mark = new JsonObject
        {
            ["type"] = "text",
            ["text"] = text,
            ["align"] = letters.Align,
            ["baseline"] = letters.Baseline,
            ["fontSize"] = letters.Size,
            ["fontWeight"] = letters.Weight,
            ["fontStyle"] = letters.Slant,
        };
        panel.Add(
            new JsonArray(new JsonObject()),
            mark,
            new JsonObject
            {
                ["x"] = new JsonObject { ["value"] = letters.X },
                ["y"] = new JsonObject { ["value"] = letters.Y },
            });
    }
}

/// <summary>Where a text stands, in pixels from the frame's upper left corner, and how it looks.</summary>
internal sealed record Letters(double X, double Y, double Size)
{
    public string Align { get; init; } = "left";

    public string Baseline { get; init; } = "alphabetic";

    public string Weight { get; init; } = "normal";

    public string Slant { get; init; } = "normal";
}
