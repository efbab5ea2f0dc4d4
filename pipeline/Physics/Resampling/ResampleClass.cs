namespace TauPipeline.Physics;

/// <summary>How rows of a class are drawn.</summary>
public enum ResamplingMethod
{
    /// <summary>See <see cref="ResamplingDraw.CountUp"/>.</summary>
    CountUp,
    /// <summary>See <see cref="ResamplingDraw.ByRatio"/>.</summary>
    Pdf,
    /// <summary>Rows as they are, each once.</summary>
    None,
}

/// <summary>One class of a component, and what becomes of its rows.</summary>
/// <param name="Class">The class.</param>
/// <param name="Available">Its rows.</param>
/// <param name="Used">So many of them, spread evenly, are drawn from.</param>
/// <param name="Wanted">Rows that come out.</param>
public sealed record ResampleClass(TauClass Class, long Available, long Used, long Wanted)
{
    /// <summary>How its rows are drawn.</summary>
    public ResamplingMethod Method { get; init; } = ResamplingMethod.None;

    /// <summary>What the draw goes by: the share of each cell in the target, or for <see cref="ResamplingMethod.Pdf"/> its ratio to the
    /// share in this class.</summary>
    public IReadOnlyList<double> ByCell { get; init; } = [];

    /// <summary>Whether the row of that number, from 0, is one of those drawn from.</summary>
    public bool Uses(long row) => Spread(row + 1) > Spread(row);

    /// <summary>Rows that must have come out once so many were drawn from.</summary>
    public long Due(long used) => Used == 0 ? 0 : (long)((Int128)Wanted * used / Used);

    private long Spread(long row) => (long)((Int128)row * Used / Available);
}

/// <summary>A component: the classes of some datasets in one region of phase space.</summary>
/// <param name="Name">Its name; random decisions depend on it.</param>
/// <param name="Region">The place of its region, or <see langword="null"/> for all.</param>
/// <param name="Rows">Rows of its classes in its datasets, in its region or not.</param>
/// <param name="Classes">Its classes.</param>
public sealed record ResampleComponent(string Name, int? Region, long Rows, IReadOnlyList<ResampleClass> Classes);
