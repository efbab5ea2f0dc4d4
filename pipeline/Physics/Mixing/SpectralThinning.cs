using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// How likely each candidate is kept so that every type has a flat spectrum and types stand in the wanted ratio
/// (data-preparation 4.6.4 and 4.6.5): acceptance p(group, type, abs eta, pt) times the type's share P.
/// </summary>
public sealed class SpectralThinning
{
    private readonly Dictionary<(string Group, TauClass Type), GroupAcceptance> _acceptances = [];
    private readonly SortedDictionary<TauClass, double> _shares = new(TauClass.ByIndex);

    /// <summary>Derives all probabilities from the spectra of the groups.</summary>
    /// <exception cref="Misuse">Groups and ratios do not fit, or settings are out of range.</exception>
    /// <exception cref="StepFailed">A bin or a whole spectrum is empty; names all such bins.</exception>
    public SpectralThinning(IReadOnlyList<MixGroup> groups, ThinningSettings settings)
    {
        Groups = groups;
        Check(groups, settings);
        // Of each type, after flattening and before its share.
        var expected = new SortedDictionary<TauClass, double>(TauClass.ByIndex);
        foreach (MixGroup group in groups)
            foreach (TauClass type in group.Spectrum.Types)
            {
                var acceptance = GroupAcceptance.Of(group.Name, type, group.Spectrum[type], settings);
                _acceptances[(group.Name, type)] = acceptance;
                expected[type] = expected.GetValueOrDefault(type) + acceptance.Expected;
            }
        Balance(expected, settings.Ratios);
    }

    /// <summary>The groups, in the order given.</summary>
    public IReadOnlyList<MixGroup> Groups { get; }

    /// <summary>Acceptances of all groups and types, in order of groups and types.</summary>
    public IEnumerable<GroupAcceptance> Acceptances =>
        Groups.SelectMany(group => group.Spectrum.Types.Select(type => _acceptances[(group.Name, type)]));

    /// <summary>Acceptances of one type in one group; <see langword="null"/> when the group does not deliver it.</summary>
    public GroupAcceptance? Acceptance(string group, TauClass type) => _acceptances.GetValueOrDefault((group, type));

    /// <summary>P: the share of a type's flattened candidates that is kept, at most 1.</summary>
    public double Share(TauClass type) => _shares[type];

    /// <summary>
    /// Ratios by which every flattened candidate of every type is kept: the numbers expected after flattening, over the smallest of them.
    /// A type of which none is expected has no ratio.
    /// </summary>
    public IReadOnlyDictionary<TauClass, double> RatiosOfAll
    {
        get
        {
            var expected = Acceptances.GroupBy(one => one.Type)
                .Select(type => (Type: type.Key, Sum: type.Sum(one => one.Expected)))
                .Where(type => type.Sum > 0)
                .ToDictionary(type => type.Type, type => type.Sum);
            double smallest = expected.Values.DefaultIfEmpty(1).Min();
            return expected.ToDictionary(type => type.Key, type => type.Value / smallest);
        }
    }

    private void Balance(SortedDictionary<TauClass, double> expectations, IReadOnlyDictionary<TauClass, double> ratios)
    {
        double largest = 0;
        foreach ((TauClass type, double expected) in expectations)
            if (ratios[type] >= 0) largest = Math.Max(largest, ratios[type] / expected);
        foreach ((TauClass type, double expected) in expectations)
            _shares[type] = ratios[type] < 0 ? 1 : ratios[type] / expected / largest;
    }

    private static void Check(IReadOnlyList<MixGroup> groups, ThinningSettings settings)
    {
        if (groups.Count == 0) throw PhysicsErrors.NoGroups();
        if (!(settings.Disbalance > 0 && double.IsFinite(settings.Disbalance))) throw PhysicsErrors.BadDisbalance(settings.Disbalance);
        Spectrum first = groups[0].Spectrum;
        if (settings.TakeAllOfLastBin && first.Pt.Count < 2) throw PhysicsErrors.TooFewPtBins(first.Pt.Count);
        foreach ((TauClass type, double ratio) in settings.Ratios)
            if (ratio != ThinningSettings.All && !(ratio > 0 && double.IsFinite(ratio))) throw PhysicsErrors.BadRatio(type, ratio);
        foreach (MixGroup group in groups)
        {
            if (!group.Spectrum.AbsEta.Equals(first.AbsEta) || !group.Spectrum.Pt.Equals(first.Pt))
                throw PhysicsErrors.OtherBinning(group.Name, group.Spectrum, first);
            foreach (TauClass type in group.Spectrum.Types)
                if (!settings.Ratios.ContainsKey(type)) throw PhysicsErrors.TypeWithoutRatio(group.Name, type);
        }
        foreach (TauClass type in settings.Ratios.Keys.Order(TauClass.ByIndex))
            if (!groups.Any(group => group.Spectrum.Types.Contains(type))) throw PhysicsErrors.RatioWithoutType(type);
        if (!settings.AllowEmptyBins) RefuseEmptyBins(groups, settings.TakeAllOfLastBin ? 1 : 0);
    }

    private static void RefuseEmptyBins(IReadOnlyList<MixGroup> groups, int highBins)
    {
        List<string> empty = [];
        foreach (MixGroup group in groups)
            foreach (TauClass type in group.Spectrum.Types)
            {
                CountGrid counts = group.Spectrum[type];
                for (int x = 0; x < counts.X.Count; x++)
                    for (int y = 0; y < counts.Y.Count - highBins; y++)
                        if (counts[x, y] == 0) empty.Add($"{group.Name}, {type.Name}, {group.Spectrum.BinName(x, y)}");
            }
        if (empty.Count > 0) throw PhysicsErrors.EmptySpectrumBins(empty, BinSuggestion.Of(groups));
    }
}
