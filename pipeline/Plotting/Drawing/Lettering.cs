using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>Text in and above a frame.</summary>
internal static class Lettering
{
    private const double Margin = 16;

    /// <summary>The theme's header above the frame's corners.</summary>
    public static void Header(Panel panel, PlotTheme theme)
    {
        double size = theme.FontSize + 3;
        // The bold header's width is estimated: 0.78 em a letter is DejaVu Sans Bold's capitals on average.
        double after = theme.Header.Length == 0 ? 0 : Math.Round((theme.Header.Length * 0.78 * size) + 8);
        Put(panel, theme.Header, (0, -9), "left", size, bold: true);
        Put(panel, theme.SubHeader, (after, -9), "left", size - 2, italic: true);
        Put(panel, theme.RightHeader, (panel.Width, -9), "right", size - 2);
    }

    /// <summary>Lines inside the frame, stacked in a corner.</summary>
    public static void Lines(Panel panel, IReadOnlyList<string> lines, bool right, bool bottom, PlotTheme theme)
    {
        double row = Math.Round(theme.FontSize * 1.5);
        for (int i = 0; i < lines.Count; i++)
        {
            double y = bottom ? panel.Height - Margin - ((lines.Count - 1 - i) * row) : row + (i * row);
            Put(panel, lines[i], (right ? panel.Width - Margin : Margin, y), right ? "right" : "left", theme.FontSize, middle: true);
        }
    }

    /// <summary>One text at a place in pixels from the frame's upper left corner.</summary>
    public static void Put(Panel panel, string text, (double X, double Y) at, string align, double size, bool bold = false, bool italic = false, bool middle = false)
    {
        if (text.Length == 0) return;
        var mark = new JsonObject { ["type"] = "text", ["text"] = text, ["align"] = align, ["baseline"] = middle ? "middle" : "alphabetic", ["fontSize"] = size };
        if (bold) mark["fontWeight"] = "bold";
        if (italic) mark["fontStyle"] = "italic";
        panel.Add(new JsonArray(new JsonObject()), mark, new JsonObject { ["x"] = new JsonObject { ["value"] = at.X }, ["y"] = new JsonObject { ["value"] = at.Y } });
    }
}
