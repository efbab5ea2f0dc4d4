namespace TauPipeline.Expressions;

/// <summary>The functions that expressions know, by name. Truth is 1 and 0; NaN is "missing", and so is what is made of it.</summary>
internal static class Functions
{
    // A row has fewer than 2^31 elements.
    private const double MostElements = 2147483648;

    /// <summary>Functions taken element by element.</summary>
    public static readonly SortedDictionary<string, ElementFunction> Element = new(StringComparer.Ordinal)
    {
        ["abs"] = ElementFunction.One<Size>() with { BoundOf = Widest, Exact = x => Int128.Abs(x[0]) },
        ["sqrt"] = new(1, x => Math.Sqrt(x[0])),
        ["exp"] = new(1, x => Math.Exp(x[0])) { IsOfTheLibrary = true },
        ["log"] = new(1, x => Math.Log(x[0])) { IsOfTheLibrary = true },
        ["log10"] = new(1, x => Math.Log10(x[0])) { IsOfTheLibrary = true },
        ["log1p"] = new(1, x => Log1p(x[0])) { IsOfTheLibrary = true },
        ["sin"] = new(1, x => Math.Sin(x[0])) { IsOfTheLibrary = true },
        ["cos"] = new(1, x => Math.Cos(x[0])) { IsOfTheLibrary = true },
        ["sinh"] = new(1, x => Math.Sinh(x[0])) { IsOfTheLibrary = true },
        ["cosh"] = new(1, x => Math.Cosh(x[0])) { IsOfTheLibrary = true },
        ["tanh"] = new(1, x => Math.Tanh(x[0])) { IsOfTheLibrary = true },
        ["floor"] = new(1, x => Math.Floor(x[0])) { BoundOf = Widest, Exact = x => x[0] },
        ["isfinite"] = ElementFunction.Truth(1, x => double.IsFinite(x[0])),
        // Of single precision, as in the tuples of which a rule asks for it; 0 is not.
        ["isnormal"] = ElementFunction.Truth(1, x => double.IsFinite(x[0]) && Math.Abs(x[0]) >= 1.1754943508222875e-38),
        ["ismissing"] = ElementFunction.Truth(1, x => double.IsNaN(x[0])),
        ["atan2"] = new(2, x => Math.Atan2(x[0], x[1])) { IsOfTheLibrary = true },
        ["hypot"] = new(2, x => double.Hypot(x[0], x[1])),
        ["min"] = ElementFunction.Two<Smaller>() with { BoundOf = Widest, Exact = x => Int128.Min(x[0], x[1]) },
        ["max"] = ElementFunction.Two<Larger>() with { BoundOf = Widest, Exact = x => Int128.Max(x[0], x[1]) },
        ["clamp"] = new(3, x => Math.Min(Math.Max(x[0], x[1]), x[2]))
        {
            BoundOf = Widest,
            Exact = x => Int128.Min(Int128.Max(x[0], x[1]), x[2]),
        },
        // Its condition comes as truth: see Parser.Call.
        ["where"] = new(3, x => x[0] != 0 ? x[1] : x[2])
        {
            BoundOf = x => Widest(x[1..]),
            Exact = x => x[0] != 0 ? x[1] : x[2],
            IfMissing = null,
        },
        ["bit"] = new(2, x => Bit(x[0], x[1])) { BoundOf = _ => 1, Exact = x => x[1] >= 0 && x[1] < 127 ? (x[0] >> (int)x[1]) & 1 : 0 },
        ["deltaphi"] = new(2, x => Wrap(x[0] - x[1])),
        ["deltar"] = ElementFunction.Four<DeltaR>(),
    };

    /// <summary>
    /// Functions that make one number of all elements of a row; those that are missing count neither for a sum nor for an extreme.
    /// </summary>
    public static readonly SortedDictionary<string, RowFunction> Row = new(StringComparer.Ordinal)
    {
        ["sum"] = new(Sum, bound => bound * MostElements, Sum),
        ["count"] = new(x => Count(x), _ => MostElements),
        ["any"] = new(x => Count(x) > 0 ? 1 : 0, _ => 1),
        ["all"] = new(x => Count(x) == x.Length ? 1 : 0, _ => 1),
        ["maximum"] = new(
            x => Extreme(x, double.NaN, (one, other) => one > other),
            bound => bound,
            x => Extreme(x, Whole.Missing, (one, other) => one > other)),
        ["minimum"] = new(
            x => Extreme(x, double.NaN, (one, other) => one < other),
            bound => bound,
            x => Extreme(x, Whole.Missing, (one, other) => one < other)),
        ["first"] = new(x => x.Length == 0 ? double.NaN : x[0], bound => bound, x => x.Length == 0 ? Whole.Missing : x[0]),
        ["length"] = new(x => x.Length, _ => MostElements),
    };

    /// <summary>An angle brought into (-pi, pi].</summary>
    public static double Wrap(double angle)
    {
        double wrapped = angle - 2 * Math.PI * Math.Floor((angle + Math.PI) / (2 * Math.PI));
        return wrapped <= -Math.PI ? wrapped + 2 * Math.PI : wrapped;
    }

    private static double Widest(ReadOnlySpan<double> bounds)
    {
        double widest = 0;
        foreach (double bound in bounds) widest = Math.Max(widest, bound);
        return widest;
    }

    // Where 1 + x rounds, the logarithm of what it became is that much off (Kahan's correction).
    private static double Log1p(double x)
    {
        double near = 1 + x;
        return near == 1 ? x : double.IsPositiveInfinity(near) ? near : Math.Log(near) * (x / (near - 1));
    }

    private static double Bit(double number, double bit) =>
        double.IsNaN(number) || double.IsNaN(bit) ? double.NaN : bit is >= 0 and < 64 ? ((long)number >> (int)bit) & 1 : 0;

    private static double Sum(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double number in numbers)
            if (!double.IsNaN(number)) sum += number;
        return sum;
    }

    private static Int128 Sum(ReadOnlySpan<Int128> numbers)
    {
        Int128 sum = 0;
        foreach (Int128 number in numbers)
            if (number != Whole.Missing) sum += number;
        return sum;
    }

    private static int Count(ReadOnlySpan<double> numbers)
    {
        int count = 0;
        foreach (double number in numbers)
            if (Value.IsTrue(number)) count++;
        return count;
    }

    private static T Extreme<T>(ReadOnlySpan<T> numbers, T missing, Func<T, T, bool> beats) where T : struct, IEquatable<T>
    {
        T best = missing;
        foreach (T number in numbers)
            if (!number.Equals(missing) && (best.Equals(missing) || beats(number, best))) best = number;
        return best;
    }
}
