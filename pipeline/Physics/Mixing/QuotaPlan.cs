using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// How many candidates each group gives to each bin of type, abs eta and pt (data-preparation 4.3): of the candidates of a bin at most so
/// many are taken, and the groups share them by weight as far as each has some.
/// </summary>
public sealed class QuotaPlan
{
    private readonly Dictionary<(int Group, TauClass Type, int AbsEta, int Pt), long> _quotas = [];

    /// <summary>Plans all bins.</summary>
    /// <param name="groups">The groups; their spectra share one binning.</param>
    /// <param name="weights">The weight of each, above 0.</param>
    /// <param name="occupancy">The most candidates of a bin.</param>
    /// <exception cref="Foundation.Misuse">There are no groups, or binnings differ.</exception>
    public QuotaPlan(IReadOnlyList<MixGroup> groups, IReadOnlyList<double> weights, long occupancy)
    {
        if (groups.Count == 0) throw PhysicsErrors.NoGroups();
        Groups = groups;
        Spectrum first = groups[0].Spectrum;
        foreach (MixGroup group in groups)
            if (!group.Spectrum.AbsEta.Equals(first.AbsEta) || !group.Spectrum.Pt.Equals(first.Pt))
                throw PhysicsErrors.OtherBinning(group.Name, group.Spectrum, first);
        foreach (TauClass type in first.Classes)
        {
            CountGrid[] counts = [.. groups.Select(group => group.Spectrum[type])];
            for (int x = 0; x < first.AbsEta.Count; x++)
                for (int y = 0; y < first.Pt.Count; y++)
                {
                    long[] quotas = Shared(
                        [.. counts.Select((grid, group) => new Source(groups[group].Name, grid[x, y], weights[group]))], occupancy);
                    for (int group = 0; group < quotas.Length; group++) _quotas[(group, type, x, y)] = quotas[group];
                }
        }
    }

    /// <summary>Candidates of one group in one bin.</summary>
    /// <param name="Name">The group: equals in all else are served by name.</param>
    /// <param name="Size">How many it has.</param>
    /// <param name="Weight">Its weight.</param>
    public readonly record struct Source(string Name, long Size, double Weight);

    /// <summary>The groups, in the order given.</summary>
    public IReadOnlyList<MixGroup> Groups { get; }

    /// <summary>How many candidates a group gives to a bin.</summary>
    public long Quota(int group, TauClass type, int absEta, int pt) => _quotas[(group, type, absEta, pt)];

    /// <summary>
    /// What each source gives to a bin: in turns, heavy ones first, small ones before large ones, each takes its share by weight of what is
    /// left at the beginning of the turn, rounded up, as far as it has that many and others of the turn have left them.
    /// </summary>
    public static long[] Shared(IReadOnlyList<Source> sources, long occupancy)
    {
        var quotas = new long[sources.Count];
        int[] order =
        [
            .. Enumerable.Range(0, sources.Count).OrderByDescending(i => sources[i].Weight).ThenBy(i => sources[i].Size)
                .ThenBy(i => sources[i].Name, StringComparer.Ordinal),
        ];
        long left = Math.Min(occupancy, sources.Sum(source => source.Size));
        while (left > 0)
        {
            int[] open = [.. order.Where(i => quotas[i] < sources[i].Size)];
            double weight = OrderedSum.Of([.. open.Select(i => sources[i].Weight)]);
            long turn = left;
            foreach (int i in open)
            {
                long share = (long)Math.Ceiling(turn * sources[i].Weight / weight);
                long taken = Math.Min(Math.Min(share, sources[i].Size - quotas[i]), left);
                quotas[i] += taken;
                left -= taken;
            }
        }
        return quotas;
    }
}
