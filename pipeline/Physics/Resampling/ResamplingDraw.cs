namespace TauPipeline.Physics;

/// <summary>
/// Draws rows of one class so that they have the spectrum of another (UPP, section 6): exactly as many as are wanted, a row as often as it
/// comes. Random numbers are uniform in [0, 1).
/// </summary>
public static class ResamplingDraw
{
    /// <summary>
    /// By counting up: each cell gives its share of what is wanted, rounded at random; first its rows in their order, then some of them
    /// again. What cells without rows leave open is drawn from all that were taken; what is too much is left out at random.
    /// </summary>
    /// <param name="cells">The cell of each row; a row in none is never taken.</param>
    /// <param name="target">The share of each cell in the target; they add up to 1.</param>
    /// <param name="wanted">Rows wanted.</param>
    /// <param name="uniform">Gives the next random number.</param>
    /// <returns>Places of rows; fewer only if no cell with a share has a row.</returns>
    public static IReadOnlyList<int> CountUp(ReadOnlySpan<int> cells, IReadOnlyList<double> target, int wanted, Func<double> uniform)
    {
        List<int>?[] rows = new List<int>?[target.Count];
        for (int row = 0; row < cells.Length; row++)
            if (cells[row] >= 0) (rows[cells[row]] ??= []).Add(row);
        var taken = new List<int>(wanted + target.Count);
        for (int cell = 0; cell < rows.Length; cell++)
        {
            if (target[cell] == 0) continue;
            int share = (int)Math.Floor(target[cell] * wanted + uniform());
            if (rows[cell] is not { } here) continue;
            taken.AddRange(here.Take(share));
            for (int more = here.Count; more < share; more++) taken.Add(here[Below(here.Count, uniform)]);
        }
        int drawn = taken.Count;
        while (drawn > 0 && taken.Count < wanted) taken.Add(taken[Below(drawn, uniform)]);
        while (taken.Count > wanted)
        {
            int left = Below(taken.Count, uniform);
            taken[left] = taken[^1];
            taken.RemoveAt(taken.Count - 1);
        }
        return taken;
    }

    /// <summary>By drawing with replacement, a row with a chance in proportion to its cell's ratio of target to class.</summary>
    /// <param name="cells">The cell of each row; a row in none is never taken.</param>
    /// <param name="ratio">The ratio of each cell.</param>
    /// <param name="wanted">Rows wanted.</param>
    /// <param name="uniform">Gives the next random number.</param>
    /// <returns>Places of rows; none if no row has a chance.</returns>
    public static IReadOnlyList<int> ByRatio(ReadOnlySpan<int> cells, IReadOnlyList<double> ratio, int wanted, Func<double> uniform)
    {
        var sums = new double[cells.Length];
        double sum = 0;
        for (int row = 0; row < cells.Length; row++) sums[row] = sum += cells[row] < 0 ? 0 : ratio[cells[row]];
        if (sum == 0) return [];
        var taken = new int[wanted];
        for (int i = 0; i < wanted; i++) taken[i] = First(sums, uniform() * sum);
        return taken;
    }

    // The first row whose sum is above the target: never one without a chance.
    private static int First(double[] sums, double target)
    {
        (int low, int high) = (0, sums.Length - 1);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sums[middle] > target) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private static int Below(int count, Func<double> uniform) => Math.Min((int)(uniform() * count), count - 1);
}
