using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>Colours, dashes and markers that stay apart for colour-blind readers and in grey print.</summary>
internal static class Palette
{
    // M. Petroff, "Accessible Color Sequences for Data Visualization", arXiv:2107.02270: the sequences of six and of ten.
    private static readonly string[] Six = ["#5790fc", "#f89c20", "#e42536", "#964a8b", "#9c9ca1", "#7a21dd"];
    private static readonly string[] Ten =
    [
        "#3f90da",
        "#ffa90e",
        "#bd1f01",
        "#94a4a2",
        "#832db6",
        "#a96b59",
        "#e76300",
        "#b9ac70",
        "#717581",
        "#92dadd",
    ];

    // S. van der Walt, N. Smith, viridis, at even steps from dark up to where it gets too pale for white paper.
    private static readonly string[] Viridis = ["#440154", "#472c7a", "#3b518b", "#2c718e", "#21908d", "#27ad81", "#5cc863", "#aadc32"];

    private static readonly string[] Markers =
    [
        "circle",
        "square",
        "triangle-up",
        "diamond",
        "triangle-down",
        "cross",
        "triangle-right",
        "triangle-left",
    ];

    public static string Unordered(PlotTheme theme, int index, int count)
    {
        IReadOnlyList<string> colors = theme.Colors.Count > 0 ? theme.Colors : count <= Six.Length ? Six : Ten;
        return colors[index % colors.Count];
    }

    /// <summary>A colour for one of a few steps of the same thing, dark first.</summary>
    public static string Ordered(int index, int count) =>
        Viridis[count <= 1 ? 2 : index * (Viridis.Length - 1) / Math.Max(count - 1, 1) % Viridis.Length];

    public static string Marker(int index) => Markers[index % Markers.Length];

    public static LineDash Dash(int index) => (LineDash)(index % 5);

    public static JsonArray Pattern(LineDash dash) => dash switch
    {
        LineDash.Dashed => [9, 4],
        LineDash.Dotted => [2, 3],
        LineDash.DashDotted => [9, 3, 2, 3],
        LineDash.ShortDashed => [5, 3],
        _ => [],
    };
}
