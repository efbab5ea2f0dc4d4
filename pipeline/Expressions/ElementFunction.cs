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

    /// <summary>Whether the C library works it out, whose versions differ in last bits.</summary>
    public bool IsOfTheLibrary { get; init; }

    private Func<double, double>? One { get; init; }

    private Func<double, double, double>? Two { get; init; }

    /// <summary>Of one number.</summary>
    public static ElementFunction Of(Func<double, double> call) => new(1, x => call(x[0])) { One = call };

    /// <summary>Of two numbers.</summary>
    public static ElementFunction Of(Func<double, double, double> call) => new(2, x => call(x[0], x[1])) { Two = call };

    /// <summary>Says yes (1) or no (0) of two numbers; no if one is missing, unless <paramref name="ifMissing"/>.</summary>
    public static ElementFunction Truth(Func<double, double, bool> call, Func<ReadOnlySpan<Int128>, bool>? exact = null, bool ifMissing = false) =>
        Truth(2, x => call(x[0], x[1]), exact, ifMissing) with { Two = (one, other) => call(one, other) ? 1 : 0 };

    /// <summary>Says yes (1) or no (0); no if an argument is missing, unless <paramref name="ifMissing"/>.</summary>
    public static ElementFunction Truth(int arguments, Func<ReadOnlySpan<double>, bool> call, Func<ReadOnlySpan<Int128>, bool>? exact = null, bool ifMissing = false) =>
        new(arguments, x => call(x) ? 1 : 0) { BoundOf = _ => 1, Exact = exact is null ? null : x => exact(x) ? 1 : 0, IfMissing = ifMissing ? 1 : 0 };

    /// <summary>Calls it for each place of the arguments, which are all as long as the results.</summary>
    public void Fill(ReadOnlySpan<double[]> arguments, Span<double> results)
    {
        if (One is { } one)
        {
            ReadOnlySpan<double> only = arguments[0].AsSpan(0, results.Length);
            for (int i = 0; i < results.Length; i++) results[i] = one(only[i]);
        }
        else if (Two is { } two)
        {
            ReadOnlySpan<double> left = arguments[0].AsSpan(0, results.Length), right = arguments[1].AsSpan(0, results.Length);
            for (int i = 0; i < results.Length; i++) results[i] = two(left[i], right[i]);
        }
        else
        {
            Span<double> these = stackalloc double[arguments.Length];
            for (int i = 0; i < results.Length; i++)
            {
                for (int k = 0; k < these.Length; k++) these[k] = arguments[k][i];
                results[i] = Call(these);
            }
        }
    }
}

/// <summary>A function that makes one number of all elements of a row.</summary>
/// <param name="Call">In double; NaN elements are missing.</param>
/// <param name="BoundOf">The bound of the result by that of the elements.</param>
/// <param name="Exact">For whole numbers that double may not hold.</param>
internal sealed record RowFunction(Func<ReadOnlySpan<double>, double> Call, Func<double, double> BoundOf, Func<ReadOnlySpan<Int128>, Int128>? Exact = null);
