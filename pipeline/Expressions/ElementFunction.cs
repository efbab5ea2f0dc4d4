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

    // The loop over all places with the call in it, where there is one.
    private Loop? InLine { get; init; }

    private delegate void Loop(ReadOnlySpan<ReadOnlyMemory<double>> arguments, Span<double> results);

    /// <summary>Of one number.</summary>
    public static ElementFunction One<TCall>() where TCall : struct, IOfOne =>
        new(1, x => TCall.Of(x[0])) { InLine = (all, results) => Loops.Fill<TCall>(all[0].Span, results) };

    /// <summary>Of two numbers.</summary>
    public static ElementFunction Two<TCall>() where TCall : struct, IOfTwo =>
        new(2, x => TCall.Of(x[0], x[1])) { InLine = (all, results) => Loops.Fill<TCall>(all[0].Span, all[1].Span, results) };

    /// <summary>Of four numbers.</summary>
    public static ElementFunction Four<TCall>() where TCall : struct, IOfFour =>
        new(4, x => TCall.Of(x[0], x[1], x[2], x[3])) { InLine = Loops.Fill<TCall> };

    /// <summary>Says yes (1) or no (0) of two numbers; no if one is missing, unless <paramref name="ifMissing"/>.</summary>
    public static ElementFunction Truth<TCall>(Func<ReadOnlySpan<Int128>, bool>? exact = null, bool ifMissing = false)
        where TCall : struct, IOfTwo =>
        Two<TCall>() with { BoundOf = _ => 1, Exact = exact is null ? null : x => exact(x) ? 1 : 0, IfMissing = ifMissing ? 1 : 0 };

    /// <summary>Says yes (1) or no (0); no if an argument is missing, unless <paramref name="ifMissing"/>.</summary>
    public static ElementFunction Truth(
        int arguments, Func<ReadOnlySpan<double>, bool> call, Func<ReadOnlySpan<Int128>, bool>? exact = null, bool ifMissing = false) =>
        new(arguments, x => call(x) ? 1 : 0)
        {
            BoundOf = _ => 1,
            Exact = exact is null ? null : x => exact(x) ? 1 : 0,
            IfMissing = ifMissing ? 1 : 0,
        };

    /// <summary>Calls it for each place of the results. An argument is as long as they are, or one number for all places.</summary>
    public void Fill(ReadOnlySpan<ReadOnlyMemory<double>> arguments, Span<double> results)
    {
        if (InLine is { } inLine)
        {
            inLine(arguments, results);
            return;
        }
        Span<double> these = stackalloc double[arguments.Length];
        for (int i = 0; i < results.Length; i++)
        {
            for (int k = 0; k < these.Length; k++) these[k] = arguments[k].Span[arguments[k].Length == 1 ? 0 : i];
            results[i] = Call(these);
        }
    }
}

/// <summary>A function that makes one number of all elements of a row.</summary>
/// <param name="Call">In double; NaN elements are missing.</param>
/// <param name="BoundOf">The bound of the result by that of the elements.</param>
/// <param name="Exact">For whole numbers that double may not hold.</param>
internal sealed record RowFunction(
    Func<ReadOnlySpan<double>, double> Call,
    Func<double, double> BoundOf,
    Func<ReadOnlySpan<Int128>, Int128>? Exact = null);
