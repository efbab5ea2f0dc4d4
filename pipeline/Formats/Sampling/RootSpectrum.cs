using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>
/// A spectrum from a ROOT file: a TH2 a class named <c>eta_pt_hist_tau</c>, with x abs eta and y pt in GeV, as CreateSpectralHists writes
/// it, or one a decay mode beside, as <see cref="RootProduct"/> does. A class without a histogram was never seen there.
/// </summary>
public sealed class RootSpectrum : IProductReader<RootSpectrum>
{
    // Counts above this are no longer exact in a double.
    private const double Exact = 1L << 53;

    private readonly RootFile _file;
    private readonly string _path;

    private RootSpectrum(RootFile file, string path) => (_file, _path) = (file, path);

    /// <inheritdoc/>
    public static RootSpectrum Open(ProductInput from) => new(RootFile.Open(from.Path), from.Path);

    /// <summary>The counts of these classes, in the bins of the file.</summary>
    /// <exception cref="StepFailed">No class has a histogram, they differ in binning, or hold what is no count.</exception>
    public Spectrum Read(IReadOnlyList<TauClass> classes)
    {
        Spectrum? spectrum = null;
        foreach (TauClass one in classes)
            foreach ((string name, int mode) in Histograms(one))
            {
                CountGrid counts = Counts(name);
                spectrum ??= new Spectrum(classes, counts.X, counts.Y);
                if (!counts.X.Equals(spectrum.AbsEta) || !counts.Y.Equals(spectrum.Pt))
                    throw FormatErrors.OtherSpectrumBins(_path, name, $"abs eta {counts.X}; pt {counts.Y}", spectrum.Binning);
                spectrum.Add(one, counts, mode);
            }
        return spectrum ?? throw FormatErrors.NoSpectrum(_path, Spectrum.HistogramName(classes[0]), _file.Keys.Select(key => key.Path));
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Those of decay modes, if there are any, are the same candidates once more.
    private (string Name, int Mode)[] Histograms(TauClass one)
    {
        string all = Spectrum.HistogramName(one), prefix = Spectrum.HistogramName(one, "");
        (string, int)[] modes =
        [
            .. from key in _file.Keys
               where key.Path.StartsWith(prefix, StringComparison.Ordinal)
               let mode = key.Path[prefix.Length..]
               let isNone = mode == Spectrum.ModeName(Spectrum.NoMode)
               where isNone || int.TryParse(mode, NumberStyles.None, CultureInfo.InvariantCulture, out int _)
               select (key.Path, isNone ? Spectrum.NoMode : int.Parse(mode, CultureInfo.InvariantCulture)),
        ];
        return modes.Length > 0 ? modes : [.. _file.Keys.Where(key => key.Path == all).Take(1).Select(_ => (all, Spectrum.NoMode))];
    }

    private CountGrid Counts(string name)
    {
        RootHistogram histogram = _file.Histogram(name);
        if (histogram.Axes.Count != 2) throw FormatErrors.NotASpectrum(_path, name, $"{histogram.Axes.Count} axes", "2: abs eta and pt");
        var counts = new CountGrid(new BinEdges(histogram.Axes[0].Edges()), new BinEdges(histogram.Axes[1].Edges()));
        ReadOnlySpan<double> values = histogram.Values.Span;
        int width = counts.X.Count + 2;
        for (int cell = 0; cell < values.Length; cell++)
        {
            double value = values[cell];
            if (!(value >= 0 && value <= Exact && value == Math.Floor(value)))
                throw FormatErrors.NotASpectrum(_path, name, FormattableString.Invariant($"{value} in cell {cell}"), "counts of rows");
            counts.AddTo(cell % width - 1, cell / width - 1, (long)value);
        }
        return counts;
    }
}
