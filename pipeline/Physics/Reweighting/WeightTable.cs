using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>What becomes of cells with a target in which some class has no row to carry it.</summary>
public enum EmptyCells
{
    /// <summary>The step fails and names them.</summary>
    Fail,
    /// <summary>All classes get weight 0 there, as UPP gives; how many rows that leaves out is told.</summary>
    Zero,
}

/// <summary>
/// Weights that give every class the same spectrum over the cells: w = target / count, and 0 for all where one class has no row (UPP,
/// section 4.5). Where classes are to stand in a ratio, w is multiplied by its part.
/// </summary>
public sealed class WeightTable
{
    private readonly SortedDictionary<int, double[]> _weights = [];

    /// <summary>A table from what was stored of it.</summary>
    public WeightTable(string name, double[] target, SortedDictionary<int, double[]> counts, SortedDictionary<int, double[]> weights) =>
        (Name, Target, Counts, _weights) = (name, target, counts, weights);

    private WeightTable(string name, double[] target, SortedDictionary<int, double[]> counts) =>
        (Name, Target, Counts) = (name, target, counts);

    /// <summary>The name of the column of its weights.</summary>
    public string Name { get; }

    /// <summary>The target of each cell.</summary>
    public IReadOnlyList<double> Target { get; }

    /// <summary>The counts of each class, which it was made of.</summary>
    public SortedDictionary<int, double[]> Counts { get; }

    /// <summary>The weights of each class.</summary>
    public IReadOnlyDictionary<int, double[]> Weights => _weights;

    /// <summary>Entries of a class that get weight 0, for some other class has none in their cell.</summary>
    public double Zeroed(int one)
    {
        var sum = new OrderedSum();
        double[] counts = Counts[one], weights = _weights[one];
        for (int cell = 0; cell < counts.Length; cell++)
            if (weights[cell] == 0) sum.Add(counts[cell]);
        return sum.Value;
    }

    /// <summary>The weights that bring counts to a target.</summary>
    /// <param name="name">Name of the column of weights.</param>
    /// <param name="cells">The cells, for messages.</param>
    /// <param name="counts">The counts of each class.</param>
    /// <param name="wanted">The target, and the parts in which classes are to stand; 1 for classes without one.</param>
    /// <param name="empty">What becomes of cells with a target in which a class has no row.</param>
    /// <exception cref="StepFailed">There is no row, or such a cell and <paramref name="empty"/> says so.</exception>
    public static WeightTable Of(
        string name,
        CellBinning cells,
        SortedDictionary<int, double[]> counts,
        (WeightTarget Target, IReadOnlyDictionary<int, double> Ratios) wanted,
        EmptyCells empty)
    {
        if (counts.Count == 0) throw PhysicsErrors.NothingToWeigh(name);
        double[] target = wanted.Target.Of(counts, cells.Grid.Count);
        var table = new WeightTable(name, target, counts);
        foreach (int one in counts.Keys) table._weights[one] = new double[target.Length];
        var lacking = new List<string>();
        for (int cell = 0; cell < target.Length; cell++)
        {
            int[] without = [.. counts.Where(one => one.Value[cell] == 0).Select(one => one.Key)];
            if (without.Length == 0)
                foreach (int one in counts.Keys)
                    table._weights[one][cell] = target[cell] / counts[one][cell] * wanted.Ratios.GetValueOrDefault(one, 1);
            else if (without.Length < counts.Count && target[cell] > 0)
                lacking.Add($"{cells.NameOf(cell)}: none of class {string.Join(", ", without)}");
        }
        return lacking.Count == 0 || empty == EmptyCells.Zero ? table : throw PhysicsErrors.TargetWithoutRows(name, lacking);
    }

    /// <summary>
    /// Weights by which weaver draws; the target is then what one part of a class is expected to have, averaged over the classes.
    /// </summary>
    /// <exception cref="StepFailed">There is no row, or a class has none where it could be drawn.</exception>
    public static WeightTable Of(
        string name, SortedDictionary<int, double[]> counts, (SamplingWeights Sampling, IReadOnlyDictionary<int, double> Parts) wanted)
    {
        if (counts.Count == 0) throw PhysicsErrors.NothingToWeigh(name);
        SortedDictionary<int, double[]> weights = wanted.Sampling.Of(name, counts, wanted.Parts);
        var target = new double[weights.Values.First().Length];
        foreach ((int one, double[] cells) in weights)
            for (int cell = 0; cell < target.Length; cell++)
                target[cell] += cells[cell] * counts[one][cell] / wanted.Parts.GetValueOrDefault(one, 1) / weights.Count;
        return new WeightTable(name, target, counts, weights);
    }

    /// <summary>The weights of entries, in 32 bits as they are stored; 0 outside all cells.</summary>
    /// <exception cref="StepFailed">A class has no weights.</exception>
    public void Look(ReadOnlySpan<int> at, ReadOnlySpan<int> classes, Span<float> weights)
    {
        (int last, double[]? known) = (0, null);
        for (int i = 0; i < at.Length; i++)
        {
            weights[i] = 0;
            if (at[i] < 0) continue;
            if (known is null || classes[i] != last)
                known = _weights.TryGetValue(last = classes[i], out double[]? found)
                    ? found
                    : throw PhysicsErrors.NoWeightsOf(Name, last, _weights.Keys);
            weights[i] = (float)known[at[i]];
        }
    }
}
