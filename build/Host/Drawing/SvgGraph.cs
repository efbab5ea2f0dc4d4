using System.Globalization;
using System.Net;

namespace TauPipeline.Host;

/// <summary>A flow as a picture: boxes in layers, coloured by state, with a legend.</summary>
internal static class SvgGraph
{
    private const double BoxHeight = 42,
        LayerHeight = 88,
        Margin = 24,
        LegendHeight = 34,
        SignWidth = 7.6,
        SmallestBox = 96,
        Padding = 26,
        ArrowHead = 7;

    public static IEnumerable<string> Lines(FlowGraph graph)
    {
        var layout = new LayeredLayout([.. graph.Nodes.Select(Width)], graph.Arrows);
        string[] states = [.. StepLook.States.Append(FlowGraph.Unknown).Intersect(graph.Nodes.Select(node => node.State))];
        double width = Math.Max(layout.Width, states.Length * 110) + 2 * Margin,
            height = layout.LayerCount * LayerHeight - (LayerHeight - BoxHeight) + 2 * Margin + LegendHeight;
        yield return Text(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0}\" height=\"{height:0}\" viewBox=\"0 0 {width:0} {height:0}\" font-family=\"Helvetica, Arial, sans-serif\">"
        );
        yield return "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0,0.5 L8,4 L0,7.5 z\" fill=\"#7d7d8a\"/></marker></defs>";
        yield return "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>";
        foreach (IReadOnlyList<int> way in layout.Ways) yield return Arrow(layout, way);
        for (int i = 0; i < graph.Nodes.Count; i++)
            foreach (string line in Box(graph.Nodes[i], Margin + layout.X(i), Top(layout, i))) yield return line;
        for (int i = 0; i < states.Length; i++)
            yield return Text(
                $"<rect x=\"{Margin + i * 110:0}\" y=\"{height - 30:0}\" width=\"14\" height=\"14\" rx=\"3\" fill=\"{StateColours.Fill(states[i])}\" stroke=\"{StateColours.Border(states[i])}\"/><text x=\"{Margin + 20 + i * 110:0}\" y=\"{height - 18:0}\" font-size=\"12\" fill=\"#4a4a55\">{states[i]}</text>"
            );
        yield return "</svg>";
    }

    private static double Top(LayeredLayout layout, int point) => Margin + layout.Layer(point) * LayerHeight;

    private static double Width(FlowNode node) =>
        Math.Max(SmallestBox, Padding + SignWidth * Math.Max(node.Name.Length * 1.05, node.Detail.Length * 0.8));

    private static IEnumerable<string> Box(FlowNode node, double x, double y)
    {
        double width = Width(node);
        yield return Text(
            $"<rect x=\"{x - width / 2:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{BoxHeight}\" rx=\"7\" fill=\"{StateColours.Fill(node.State)}\" stroke=\"{StateColours.Border(node.State)}\" stroke-width=\"1.4\"><title>{Escaped(node.Name)}: {node.State}</title></rect>"
        );
        yield return Text(
            $"<text x=\"{x:0.#}\" y=\"{y + 18:0.#}\" font-size=\"13\" font-weight=\"bold\" text-anchor=\"middle\" fill=\"#1d1d24\">{Escaped(node.Name)}</text>"
        );
        yield return Text(
            $"<text x=\"{x:0.#}\" y=\"{y + 33:0.#}\" font-size=\"11\" text-anchor=\"middle\" fill=\"#4a4a55\">{Escaped(node.Detail)}</text>"
        );
    }

    // Straight down past the boxes of a layer, in a curve between two layers.
    private static string Arrow(LayeredLayout layout, IReadOnlyList<int> way)
    {
        string path = Text($"M{Margin + layout.X(way[0]):0.#},{Top(layout, way[0]) + BoxHeight:0.#}");
        for (int i = 1; i < way.Count; i++)
        {
            double fromX = Margin + layout.X(way[i - 1]),
                toX = Margin + layout.X(way[i]),
                fromY = Top(layout, way[i - 1]) + BoxHeight,
                toY = Top(layout, way[i]);
            bool isLast = i == way.Count - 1;
            if (isLast) toY -= ArrowHead - 5;
            double middle = (fromY + toY) / 2;
            path += Text($" C{fromX:0.#},{middle:0.#} {toX:0.#},{middle:0.#} {toX:0.#},{toY:0.#}");
            if (!isLast) path += Text($" V{toY + BoxHeight:0.#}");
        }
        return $"<path d=\"{path}\" fill=\"none\" stroke=\"#7d7d8a\" stroke-width=\"1.2\" marker-end=\"url(#head)\"/>";
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
