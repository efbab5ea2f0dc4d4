namespace TauPipeline.Physics;

/// <summary>What the spectrum of every class is brought to.</summary>
public enum TargetKind
{
    /// <summary>The mean of the spectra of all classes.</summary>
    Mean,
    /// <summary>The smallest count of all classes, cell by cell: no weight is above 1.</summary>
    Min,
    /// <summary>The largest count of all classes, cell by cell: no weight is below 1.</summary>
    Max,
    /// <summary>The same in each cell.</summary>
    Uniform,
    /// <summary>The mean of the spectra of some classes; of one, that one's.</summary>
    Classes,
}

/// <summary>A target of reweighting (UPP, section 4.5).</summary>
/// <param name="Kind">Which.</param>
/// <param name="Classes">The classes whose mean it is; those without rows count in the number they are divided by.</param>
public sealed record WeightTarget(TargetKind Kind, IReadOnlyList<int> Classes)
{
    /// <summary>The target in each cell, from the counts of the classes in the order of their numbers.</summary>
    public double[] Of(IReadOnlyDictionary<int, double[]> counts, int cells)
    {
        var target = new double[cells];
        double[][] all = [.. counts.OrderBy(one => one.Key).Select(one => one.Value)];
        for (int cell = 0; cell < cells; cell++)
            target[cell] = Kind switch
            {
                TargetKind.Mean => all.Sum(one => one[cell]) / all.Length,
                TargetKind.Min => all.Min(one => one[cell]),
                TargetKind.Max => all.Max(one => one[cell]),
                TargetKind.Uniform => 1,
                _ => Classes.Sum(one => counts.TryGetValue(one, out double[]? known) ? known[cell] : 0) / Classes.Count,
            };
        return target;
    }
}
