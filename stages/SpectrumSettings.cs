using TauPipeline.BuildGraph;
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
    /// <summary>ROOT files of histograms that stand in place of counting, by dataset: <c>spectrum: histograms:</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Artifact>> Histograms { get; private init; } =
        new Dictionary<string, IReadOnlyList<Artifact>>();

    /// <summary>Groups or processes whose spectra are wanted as well.</summary>
    public IReadOnlyList<SpectrumPool> Pools { get; init; } = [];

    /// <summary>What these put into fingerprints.</summary>
    public SettingsUsed PoolsUsed => Pools.Aggregate(SettingsUsed.None, (used, pool) => used
        .And($"{pool.Kind}.{pool.Name}.datasets", pool.Datasets)
        .And($"{pool.Kind}.{pool.Name}.types", pool.Types.Select(type => type.Name)));

    /// <summary>Reads <c>definitions: binning:</c>.</summary>
    public static SpectrumSettings Read(ConfigBlock binning, ClassSettings classes)
    {
        IReadOnlyList<double> pt = binning.Edges("pt", [20, 30, 40, 60, 100, 200, 1000], "GeV", 0, 1e5);
        IReadOnlyList<double> absEta = binning.Edges("abs_eta", [0, 1.2, 2.3], "", 0, 5);
        return new SpectrumSettings(classes.Scheme, new BinEdges([.. pt]), new BinEdges([.. absEta]), binning.Used().And(classes.Used));
    }

    /// <summary>The same with what the block <c>spectrum:</c> says.</summary>
    public SpectrumSettings With(ConfigBlock spectrum, IReadOnlyList<Dataset> datasets)
    {
        var histograms = new Dictionary<string, IReadOnlyList<Artifact>>(StringComparer.Ordinal);
        string[] names = [.. datasets.Where(dataset => dataset.Use != DatasetUse.Evaluate).Select(dataset => dataset.Name)];
        foreach ((string name, ConfigBlock block) in spectrum.Blocks("histograms"))
        {
            if (!names.Contains(name))
                spectrum.Wrong("histograms", "datasets that are used for training", $"'{name}', nearest {ErrorText.Nearest(name, names, 1)}");
            RawEntry[] files = [.. block.List("inputs").Select(input => RawEntry.Read($"spectrum/{name}", input))];
            if (files.Length > 0) histograms[name] = [.. files.Select(file => file.File)];
            else block.Wrong("inputs", "at least one ROOT file", "none");
        }
        return this with { Histograms = histograms };
    }

    /// <summary>The same bins, for training weights.</summary>
    public WeightBinning Weights() => new(Pt, AbsEta);

    /// <summary>A spectrum without entries.</summary>
    public Spectrum Empty() => new(Classes.All, AbsEta, Pt);
}
