namespace TauPipeline.Expressions;

/// <summary>An operator or function taken element by element.</summary>
/// <param name="Arguments">How many it takes.</param>
/// <param name="Call">In double, where NaN is "missing"; exact for whole numbers as long as double holds arguments and result.</param>
internal sealed record ElementFunction(int Arguments, Func<ReadOnlySpan<double>, double> Call)
{
    /// <summary>The bound of the result by those of the arguments, see <see cref="Value.Bound"/>.</summary>
    public Func<ReadOnlySpan<double>, double> BoundOf { get; init; } = _ => Whole.Real;

    /// <summary>For whole numbers that double may not hold; <see langword="null"/> where <see cref="Call"/> is as good.</summary>
    public Func<ReadOnlySpan<Int128>, Int128>? Exact { get; init; }

    /// <summary>What it is if an argument is missing; <see langword="null"/> if <see cref="Exact"/> knows.</summary>
    public Int128? IfMissing { get; init; } = Whole.Missing;

    /// <summary>Says yes (1) or no (0); no if an argument is missing, unless <paramref name="ifMissing"/>.</summary>
    public static ElementFunction Truth(int arguments, Func<ReadOnlySpan<double>, bool> call, Func<ReadOnlySpan<Int128>, bool>? exact = null, bool ifMissing = false) =>
        new(arguments, x => call(x) ? 1 : 0) { BoundOf = _ => 1, Exact = exact is null ? null : x => exact(x) ? 1 : 0, IfMissing = ifMissing ? 1 : 0 };
}

/// <summary>A function that makes one number of all elements of a row.</summary>
/// <param name="Call">In double; NaN elements are missing.</param>
/// <param name="BoundOf">The bound of the result by that of the elements.</param>
/// <param name="Exact">For whole numbers that double may not hold.</param>
internal sealed record RowFunction(Func<ReadOnlySpan<double>, double> Call, Func<double, double> BoundOf, Func<ReadOnlySpan<Int128>, Int128>? Exact = null);
