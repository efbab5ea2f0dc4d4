using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>
/// Sends whole events to named splits by a hash of (run, lumi, event): all candidates of an event go the same way, in
/// every file and whatever the order. The fraction of an event is the first Philox number of index <c>event</c> under a
/// key that is itself the Philox number of (run, lumi) under the seed's key.
/// </summary>
public sealed class SplitRule
{
    private readonly ulong _key;
    private readonly double[] _ends;

    /// <summary>Splits by name and fraction; fractions are positive and add up to 1.</summary>
    /// <exception cref="Misuse">They do not, or a name comes twice.</exception>
    public SplitRule(IReadOnlyList<(string Name, double Fraction)> splits, ulong seed)
    {
        double sum = splits.Sum(split => split.Fraction);
        if (splits.Count == 0 || splits.Any(split => !(split.Fraction > 0)) || !(Math.Abs(sum - 1) < 1e-9))
            throw PhysicsErrors.BadFractions(sum);
        Names = [.. splits.Select(split => split.Name)];
        if (Names.Distinct(StringComparer.Ordinal).Count() < Names.Count)
            throw PhysicsErrors.SplitTwice(Names.GroupBy(name => name).First(same => same.Count() > 1).Key);
        _ends = new double[splits.Count];
        double end = 0;
        for (int i = 0; i < _ends.Length; i++) _ends[i] = end += splits[i].Fraction;
        _key = CounterRandom.Key(seed, "split");
    }

    /// <summary>The splits, in the order given.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Where an event lies in [0, 1).</summary>
    public double Fraction(uint run, uint lumi, ulong evt) =>
        new CounterRandom(new CounterRandom(_key, ((ulong)run << 32) | lumi).NextUInt64(), evt).NextDouble();

    /// <summary>Index of an event's split in <see cref="Names"/>.</summary>
    public int Of(uint run, uint lumi, ulong evt)
    {
        double fraction = Fraction(run, lumi, evt);
        int split = 0;
        while (split < _ends.Length - 1 && fraction >= _ends[split]) split++;
        return split;
    }
}
