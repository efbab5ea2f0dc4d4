namespace TauPipeline.Statistics;

/// <summary>A labelled sample in descending order of score; rows of equal score form one group.</summary>
internal sealed class RankedSample
{
    /// <summary>Row numbers in descending order of score, in row order among equals.</summary>
    public int[] Order { get; }

    /// <summary>For each distinct score the position in <see cref="Order"/> after its last row.</summary>
    public int[] GroupEnds { get; }

    public RankedSample(ReadOnlySpan<double> scores)
    {
        double[] keys = new double[scores.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = -scores[i];
        Order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, Order);
        List<int> ends = [];
        for (int i = 1; i <= keys.Length; i++)
            if (i == keys.Length || keys[i] != keys[i - 1])
            {
                // a fixed order inside a group, so that sums do not depend on the sorting algorithm
                int start = ends.Count > 0 ? ends[^1] : 0;
                if (i - start > 1) Array.Sort(Order, start, i - start);
                ends.Add(i);
            }
        GroupEnds = [.. ends];
    }

    /// <summary>Refuses weights and scores that cannot be ranked.</summary>
    public static void Check(ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        if (!weights.IsEmpty && weights.Length != scores.Length)
            throw StatisticsErrors.LengthsDiffer("weights", scores.Length, weights.Length);
        for (int i = 0; i < weights.Length; i++)
            if (!double.IsFinite(weights[i])) throw StatisticsErrors.BadWeight(i, weights[i]);
        for (int i = 0; i < scores.Length; i++)
            if (double.IsNaN(scores[i])) throw StatisticsErrors.BadScore(i, scores[i]);
    }
}
