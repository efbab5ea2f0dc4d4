using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>The figures of a folder, in their order.</summary>
public sealed record FigureIndexFile(IReadOnlyList<FigureIndexEntry> Figures) : IProduct<FigureIndexFile>
{
    /// <inheritdoc/>
    public static FigureIndexFile Read(ProductInput from) => Json.Read<FigureIndexFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, FigureIndexFile value) => Json.Write(to, value);
}

/// <summary>One of them.</summary>
/// <param name="Name">Name of its files, without ending.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">What a reader must know to trust it.</param>
/// <param name="Group">With which others it is folded up, in words after their number; empty for none.</param>
/// <param name="Live">Its Vega-Lite specification for a page, which answers the pointer.</param>
public sealed record FigureIndexEntry(string Name, string Title, string Caption, string Group, string Live);
