using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>Acceptance probabilities that flatten the spectrum of one type in one group.</summary>
public sealed class GroupAcceptance
{
    private readonly double[,] _probabilities;

    private GroupAcceptance(string group, TauClass type, CountGrid counts, double[,] probabilities) =>
        (Group, Type, Counts, _probabilities) = (group, type, counts, probabilities);

    /// <summary>The group.</summary>
    public string Group { get; }

    /// <summary>The type.</summary>
    public TauClass Type { get; }

    /// <summary>Candidates by abs eta (x) and pt (y).</summary>
    public CountGrid Counts { get; }

    /// <summary>The low bin of the smallest count that is not zero: it limits all others.</summary>
    public (int AbsEta, int Pt) BindingBin { get; private init; }

    /// <summary>Acceptance of a bin.</summary>
    public double this[int absEta, int pt] => _probabilities[absEta, pt];

    /// <summary>Acceptance of a candidate; 0 outside the bins.</summary>
    public double At(double absEta, double pt)
    {
        int x = Counts.X.Find(absEta), y = Counts.Y.Find(pt);
        return x >= 0 && x < Counts.X.Count && y >= 0 && y < Counts.Y.Count ? _probabilities[x, y] : 0;
    }

    /// <summary>Expected number of accepted candidates in range, before types are balanced.</summary>
    public double Expected
    {
        get
        {
            var sum = new OrderedSum();
            for (int x = 0; x < Counts.X.Count; x++)
                for (int y = 0; y < Counts.Y.Count; y++) sum.Add(_probabilities[x, y] * Counts[x, y]);
            return sum.Value;
        }
    }

    internal static GroupAcceptance Of(string group, TauClass type, CountGrid counts, ThinningSettings settings)
    {
        int lowBins = settings.TakeAllOfLastBin ? counts.Y.Count - 1 : counts.Y.Count;
        (long smallest, (int, int) binding) = (long.MaxValue, (0, 0));
        for (int x = 0; x < counts.X.Count; x++)
            for (int y = 0; y < lowBins; y++)
                if (counts[x, y] > 0 && counts[x, y] < smallest) (smallest, binding) = (counts[x, y], (x, y));
        if (smallest == long.MaxValue) throw PhysicsErrors.EmptySpectrum(group, type);

        // The largest acceptance of a low bin: 1, or less where the disbalance bounds it.
        double ceiling = settings.TakeAllOfLastBin
            ? Math.Min(1, settings.Disbalance * HighCount(counts, settings.Reference) / ((double)lowBins * counts.X.Count * smallest))
            : 1;
        if (ceiling <= 0) throw PhysicsErrors.NothingAboveThreshold(group, type, settings.Disbalance);

        var probabilities = new double[counts.X.Count, counts.Y.Count];
        for (int x = 0; x < counts.X.Count; x++)
            for (int y = 0; y < counts.Y.Count; y++)
                probabilities[x, y] = y >= lowBins || !settings.Flatten ? 1 : counts[x, y] > 0 ? ceiling * smallest / counts[x, y] : 0;
        return new(group, type, counts, probabilities) { BindingBin = binding };
    }

    private static long HighCount(CountGrid counts, DisbalanceReference reference)
    {
        long high = 0;
        for (int y = Math.Max(0, counts.Y.Count - (reference == DisbalanceReference.LastBin ? 1 : 2)); y < counts.Y.Count; y++)
            for (int x = 0; x < counts.X.Count; x++) high += counts[x, y];
        return high;
    }
}
