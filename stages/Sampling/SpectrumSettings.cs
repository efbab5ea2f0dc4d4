using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>The bins of spectra: <c>definitions: binning:</c>, which sampling and weights share.</summary>
/// <param name="Classes">The classes that are counted.</param>
/// <param name="Pt">Bins of pt in GeV.</param>
/// <param name="AbsEta">Bins of abs eta.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record SpectrumSettings(ClassScheme Classes, BinEdges Pt, BinEdges AbsEta, SettingsUsed Used)
{
    /// <summary>Reads <c>definitions: binning:</c>.</summary>
    public static SpectrumSettings Read(ConfigBlock binning, ClassSettings classes)
    {
        IReadOnlyList<double> pt = binning.Edges("pt", [20, 30, 40, 60, 100, 200, 1000], "GeV", 0, 1e5);
        IReadOnlyList<double> absEta = binning.Edges("abs_eta", [0, 1.2, 2.3], "", 0, 5);
        return new SpectrumSettings(classes.Scheme, new BinEdges([.. pt]), new BinEdges([.. absEta]), binning.Used().And(classes.Used));
    }

    /// <summary>The same bins, for training weights.</summary>
    public WeightBinning Weights() => new(Pt, AbsEta);

    /// <summary>A spectrum without entries.</summary>
    public Spectrum Empty() => new(Classes.All, AbsEta, Pt);
}
