using TauPipeline.BuildGraph;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>
/// A spectrum: the campaign's classes in index order, edges, and for each class and decay mode (-1 is none) all cells, |eta| outermost,
/// with under- and overflow first and last.
/// </summary>
public sealed record SpectrumFile(Spectrum Spectrum) : IProduct<SpectrumFile>
{
    private sealed record Content(
        IReadOnlyList<string> Classes,
        IReadOnlyList<double> AbsEta,
        IReadOnlyList<double> Pt,
        SortedDictionary<string, SortedDictionary<int, long[]>> Cells);

    /// <inheritdoc/>
    public static SpectrumFile Read(ProductInput from)
    {
        Content content = Json.Read<Content>(from);
        (BinEdges absEta, BinEdges pt) = (new BinEdges([.. content.AbsEta]), new BinEdges([.. content.Pt]));
        TauClass[] classes = [.. content.Classes.Select((name, index) => new TauClass(index, name))];
        var spectrum = new Spectrum(classes, absEta, pt);
        foreach (TauClass one in classes)
            foreach ((int mode, long[] cells) in content.Cells.GetValueOrDefault(one.Name) ?? [])
                spectrum.Add(one, new CountGrid(absEta, pt, cells), mode);
        return new SpectrumFile(spectrum);
    }

    /// <inheritdoc/>
    public static void Write(ProductOutput to, SpectrumFile value)
    {
        Spectrum spectrum = value.Spectrum;
        var cells = new SortedDictionary<string, SortedDictionary<int, long[]>>(StringComparer.Ordinal);
        foreach (TauClass type in spectrum.Types)
            cells[type.Name] = new(spectrum.ModesOf(type).ToDictionary(mode => mode, mode => spectrum[type, mode].Cells.ToArray()));
        Json.Write(to, new Content([.. spectrum.Classes.Select(one => one.Name)], spectrum.AbsEta.Edges, spectrum.Pt.Edges, cells));
    }
}
