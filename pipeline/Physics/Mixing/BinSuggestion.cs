using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// Bins that leave none empty: those of some spectra, of which the emptiest is joined with its smaller neighbour in pt, or in abs eta where
/// pt is one bin, until every type of every group has enough candidates in each.
/// </summary>
/// <param name="AbsEta">Bins of abs eta.</param>
/// <param name="Pt">Bins of pt, GeV.</param>
public sealed record BinSuggestion(BinEdges AbsEta, BinEdges Pt)
{
    /// <summary>The bins, or <see langword="null"/> if even a single one would hold less than <paramref name="least"/>.</summary>
    /// <param name="groups">The spectra.</param>
    /// <param name="least">The fewest candidates of a type and group in a bin.</param>
    public static BinSuggestion? Of(IReadOnlyList<MixGroup> groups, long least = 1)
    {
        (BinEdges absEta, BinEdges pt) = (groups[0].Spectrum.AbsEta, groups[0].Spectrum.Pt);
        while (true)
        {
            CountGrid[] counts =
                [.. groups.Select(group => group.Spectrum.In(absEta, pt)).SelectMany(one => one.Types.Select(type => one[type]))];
            var emptiest = (
                from grid in counts
                from x in Enumerable.Range(0, absEta.Count)
                from y in Enumerable.Range(0, pt.Count)
                where grid[x, y] < least
                orderby grid[x, y], x, y
                select (X: x, Y: y)).Take(1).ToArray();
            if (emptiest.Length == 0) return new BinSuggestion(absEta, pt);
            if (pt.Count > 1)
                pt = Joined(pt, emptiest[0].Y, bin => counts.Sum(grid => Enumerable.Range(0, absEta.Count).Sum(x => grid[x, bin])));
            else if (absEta.Count > 1) absEta = Joined(absEta, emptiest[0].X, bin => counts.Sum(grid => grid[bin, 0]));
            else return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"pt: [{Listed(Pt)}], abs_eta: [{Listed(AbsEta)}]";

    private static string Listed(BinEdges edges) => string.Join(", ", edges.Edges.Select(Foundation.SettingsUsed.Canonical));

    private static BinEdges Joined(BinEdges edges, int bin, Func<int, long> size)
    {
        bool withNext = bin == 0 || bin < edges.Count - 1 && size(bin + 1) < size(bin - 1);
        int dropped = withNext ? bin + 1 : bin;
        return new BinEdges([.. edges.Edges.Where((_, edge) => edge != dropped)]);
    }
}
