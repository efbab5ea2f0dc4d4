using TauPipeline.BuildGraph;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>A spectrum: edges, and for each type all cells, |eta| outermost, with under- and overflow first and last.</summary>
public sealed record SpectrumFile(Spectrum Spectrum) : IProduct<SpectrumFile>
{
    private sealed record Content(IReadOnlyList<double> AbsEta, IReadOnlyList<double> Pt, SortedDictionary<string, long[]> Cells);

    /// <inheritdoc/>
    public static SpectrumFile Read(ProductInput from)
    {
        Content content = Json.Read<Content>(from);
        (BinEdges absEta, BinEdges pt) = (new BinEdges([.. content.AbsEta]), new BinEdges([.. content.Pt]));
        var spectrum = new Spectrum(absEta, pt);
        foreach ((string type, long[] cells) in content.Cells) spectrum.Add(TauTypes.Parse(type), new CountGrid(absEta, pt, cells));
        return new SpectrumFile(spectrum);
    }

    /// <inheritdoc/>
    public static void Write(ProductOutput to, SpectrumFile value)
    {
        Spectrum spectrum = value.Spectrum;
        var cells = new SortedDictionary<string, long[]>(spectrum.Types.ToDictionary(TauTypes.Name, type => spectrum[type].Cells.ToArray()), StringComparer.Ordinal);
        Json.Write(to, new Content(spectrum.AbsEta.Edges, spectrum.Pt.Edges, cells));
    }
}
