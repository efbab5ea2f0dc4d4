using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>What mixing will give, from spectra alone, and what to change so that no bin is empty and no type thinned.</summary>
internal sealed class ExpectedYields(StepRun run, ShuffleMergeSettings settings)
{
    /// <summary>The yields of some groups by bin.</summary>
    public YieldTable Of(IReadOnlyList<SpectralSource> sources) => settings.Yields(Groups(sources));

    /// <summary>The same with its datasets, decay modes and suggestions.</summary>
    public YieldFile Table(IReadOnlyList<SpectralSource> sources, out YieldTable bins)
    {
        MixGroup[] groups = Groups(sources);
        bins = settings.Yields(groups);
        BinSuggestion? suggestion = BinSuggestion.Of(groups);
        return YieldFile.Of(bins) with
        {
            Sources = [.. Sources(sources, bins).Select(SourceYieldEntry.Of)],
            Suggested = new YieldSuggestion(suggestion?.Pt.Edges ?? [], suggestion?.AbsEta.Edges ?? [], Ratios(groups)),
        };
    }

    private MixGroup[] Groups(IReadOnlyList<SpectralSource> sources) =>
        [.. sources.Select(source => source.Read(run, settings.AllowEmptyClasses))];

    private SortedDictionary<string, double> Ratios(MixGroup[] groups)
    {
        IReadOnlyDictionary<TauClass, double> ratios =
            settings.Occupancy is null ? settings.Thinning(groups).RatiosOfAll : new Dictionary<TauClass, double>();
        return new(ratios.ToDictionary(one => one.Key.Name, one => one.Value), StringComparer.Ordinal);
    }

    private IEnumerable<SourceYield> Sources(IReadOnlyList<SpectralSource> sources, YieldTable bins)
    {
        var taken = bins.Rows.ToDictionary(row => (row.Group, row.Type, row.AbsEta, row.Pt), row => row.Acceptance * row.Share);
        return
            from source in sources
            let name = source.Rows.Group.Name
            from of in source.ByDataset(run)
            from yield in SourceYield.Of(name, of.Dataset, of.Spectrum, (type, x, y) => taken.GetValueOrDefault((name, type, x, y)))
            select yield;
    }
}
