namespace TauPipeline.Physics;

/// <summary>
/// The data that are certified as good: of each run, the ranges of its luminosity sections (CMS) or luminosity blocks (ATLAS). What no
/// range names is not certified.
/// </summary>
public sealed class LuminosityMask
{
    private static readonly Comparer<LumiRange> ByFirst = Comparer<LumiRange>.Create((left, right) => left.First.CompareTo(right.First));

    private readonly Dictionary<long, List<LumiRange>> _runs;

    /// <param name="ranges">In any order; they may overlap, and a run may stand in several places.</param>
    public LuminosityMask(IEnumerable<LumiRange> ranges)
    {
        _runs = ranges.GroupBy(range => range.Run).ToDictionary(run => run.Key, run => Joined([.. run.OrderBy(range => range.First)]));
        Ranges = [.. _runs.Values.SelectMany(run => run).OrderBy(range => range.Run)];
    }

    /// <summary>The ranges by run, then section; none touches another.</summary>
    public IReadOnlyList<LumiRange> Ranges { get; }

    /// <summary>Whether that section of that run is certified.</summary>
    public bool IsCertified(long run, long section)
    {
        if (!_runs.TryGetValue(run, out List<LumiRange>? ranges)) return false;
        int place = ranges.BinarySearch(new LumiRange(run, section, section), ByFirst);
        return place >= 0 || ~place > 0 && section <= ranges[~place - 1].Last;
    }

    private static List<LumiRange> Joined(LumiRange[] ordered)
    {
        var joined = new List<LumiRange>();
        foreach (LumiRange range in ordered)
            if (joined.Count > 0 && range.First <= joined[^1].Last + 1)
                joined[^1] = joined[^1] with { Last = Math.Max(joined[^1].Last, range.Last) };
            else joined.Add(range);
        return joined;
    }
}

/// <summary>Luminosity sections of a run, both ends among them.</summary>
public readonly record struct LumiRange(long Run, long First, long Last);
