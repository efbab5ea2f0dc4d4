namespace TauPipeline.Physics;

/// <summary>
/// Entries by class and cell, kept apart by the class of the row they belong to, so that counts of a part of the rows can be scaled to all
/// of them. Exact, whatever the order of rows.
/// </summary>
public sealed class CellCounts(int cells)
{
    private readonly SortedDictionary<(int Class, int Row), long[]> _counts = [];

    /// <summary>The classes that were met, in order.</summary>
    public IEnumerable<int> Classes => _counts.Keys.Select(key => key.Class).Distinct();

    /// <summary>Entries that lie in no cell.</summary>
    public long Outside { get; private set; }

    /// <summary>Counts entries: their cells, classes, and the classes of their rows.</summary>
    public void Fill(ReadOnlySpan<int> at, ReadOnlySpan<int> classes, ReadOnlySpan<int> rows)
    {
        (int, int) last = default;
        long[]? counts = null;
        for (int i = 0; i < at.Length; i++)
        {
            if (at[i] < 0)
            {
                Outside++;
                continue;
            }
            if (counts is null || last != (classes[i], rows[i])) counts = Of(last = (classes[i], rows[i]));
            counts[at[i]]++;
        }
    }

    /// <summary>The counts of each class, those of rows of a class times its factor; of a class without one as they are.</summary>
    public SortedDictionary<int, double[]> Scaled(IReadOnlyDictionary<int, double> factors)
    {
        var scaled = new SortedDictionary<int, double[]>();
        foreach (((int @class, int row), long[] counts) in _counts)
        {
            if (!scaled.TryGetValue(@class, out double[]? sum)) scaled[@class] = sum = new double[cells];
            double factor = factors.GetValueOrDefault(row, 1);
            for (int cell = 0; cell < cells; cell++) sum[cell] += factor * counts[cell];
        }
        return scaled;
    }

    private long[] Of((int, int) key)
    {
        if (!_counts.TryGetValue(key, out long[]? counts)) _counts[key] = counts = new long[cells];
        return counts;
    }
}
