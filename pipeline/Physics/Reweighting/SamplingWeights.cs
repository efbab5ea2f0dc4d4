using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>How weights in [0, 1] are found, by which weaver draws rows (modern-peers 1.1).</summary>
public enum SamplingMethod
{
    /// <summary>Every class becomes flat over its cells.</summary>
    Flat,
    /// <summary>Every class gets the shape of one of them.</summary>
    Reference,
}

/// <summary>
/// Weaver's weights: rows of a cell count the more, up to 1, the rarer they are; then classes are brought to their parts, and 0.9 of what
/// the smallest has to give.
/// </summary>
/// <param name="Method">Flat, or after a class.</param>
/// <param name="Reference">That class; the first one if <see langword="null"/>.</param>
/// <param name="Threshold">The percentage of cells that may stay below what is aimed at, for the sake of the others.</param>
public sealed record SamplingWeights(SamplingMethod Method, int? Reference, double Threshold)
{
    // What leaves some room for chance, as weaver has it.
    private const double Room = 0.9;

    // Cells with less than this part of the median count do not say how flat the others can be.
    private const double Rare = 0.01;

    /// <summary>The weights of each class in each cell.</summary>
    /// <param name="name">The table, for messages.</param>
    /// <param name="counts">The counts of each class, none negative.</param>
    /// <param name="parts">The parts in which classes are to stand; 1 for those without one.</param>
    /// <exception cref="Foundation.StepFailed">A class has no row, or none where the reference has one.</exception>
    public SortedDictionary<int, double[]> Of(
        string name, SortedDictionary<int, double[]> counts, IReadOnlyDictionary<int, double> parts)
    {
        var weights = new SortedDictionary<int, double[]>();
        foreach ((int one, double[] cells) in counts)
            weights[one] = Method == SamplingMethod.Flat ? Flat(cells) : After(counts[Reference ?? counts.Keys.First()], cells);
        var expected = weights.ToDictionary(
            one => one.Key,
            one => OrderedSum.Of([.. one.Value.Zip(counts[one.Key], (weight, count) => weight * count)])
                / parts.GetValueOrDefault(one.Key, 1));
        foreach ((int one, double sum) in expected)
            if (!(sum > 0)) throw PhysicsErrors.NothingToSample(name, one);
        double least = expected.Values.Min();
        foreach ((int one, double[] cells) in weights)
            for (int cell = 0; cell < cells.Length; cell++) cells[cell] *= Room * least / expected[one];
        return weights;
    }

    private double[] Flat(double[] counts)
    {
        double[] filled = [.. counts.Where(count => count > 0).Order()];
        if (filled.Length == 0) return new double[counts.Length];
        double rare = Rare * Quantile.OfSorted(filled, 0.5);
        double aim = Quantile.OfSorted([.. filled.Where(count => count > rare)], Threshold / 100);
        return [.. counts.Select(count => count > 0 ? Math.Min(1, aim / count) : 0)];
    }

    private double[] After(double[] reference, double[] counts)
    {
        double[] ratios = [.. reference.Zip(counts, (wanted, count) => count > 0 ? wanted / count : 0)];
        double[] filled = [.. ratios.Where(ratio => ratio > 0).Order()];
        if (filled.Length == 0) return new double[counts.Length];
        double aim = Quantile.OfSorted(filled, 1 - Threshold / 100);
        return [.. ratios.Select(ratio => Math.Min(1, ratio / aim))];
    }
}
