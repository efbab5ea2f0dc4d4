namespace TauPipeline.Expressions;

/// <summary>The functions and operators that expressions know. All work in double; truth is 1 and 0.</summary>
internal static class Functions
{
    /// <summary>Functions taken element by element, with their number of arguments.</summary>
    public static readonly SortedDictionary<string, (int Arguments, Func<ReadOnlySpan<double>, double> Call)> Element = new(StringComparer.Ordinal)
    {
        ["abs"] = (1, x => Math.Abs(x[0])),
        ["sqrt"] = (1, x => Math.Sqrt(x[0])),
        ["exp"] = (1, x => Math.Exp(x[0])),
        ["log"] = (1, x => Math.Log(x[0])),
        ["log10"] = (1, x => Math.Log10(x[0])),
        ["log1p"] = (1, x => Math.Log(1 + x[0])),
        ["sin"] = (1, x => Math.Sin(x[0])),
        ["cos"] = (1, x => Math.Cos(x[0])),
        ["sinh"] = (1, x => Math.Sinh(x[0])),
        ["cosh"] = (1, x => Math.Cosh(x[0])),
        ["tanh"] = (1, x => Math.Tanh(x[0])),
        ["floor"] = (1, x => Math.Floor(x[0])),
        ["isfinite"] = (1, x => double.IsFinite(x[0]) ? 1 : 0),
        ["atan2"] = (2, x => Math.Atan2(x[0], x[1])),
        ["hypot"] = (2, x => Math.Sqrt(x[0] * x[0] + x[1] * x[1])),
        ["min"] = (2, x => Math.Min(x[0], x[1])),
        ["max"] = (2, x => Math.Max(x[0], x[1])),
        ["clamp"] = (3, x => Math.Min(Math.Max(x[0], x[1]), x[2])),
        ["where"] = (3, x => Value.IsTrue(x[0]) ? x[1] : x[2]),
        ["bit"] = (2, x => ((long)x[0] >> (int)x[1]) & 1),
        ["deltaphi"] = (2, x => Wrap(x[0] - x[1])),
        ["deltar"] = (4, x => Math.Sqrt((x[0] - x[2]) * (x[0] - x[2]) + Wrap(x[1] - x[3]) * Wrap(x[1] - x[3]))),
    };

    /// <summary>Functions that make one number of all elements of a row.</summary>
    public static readonly SortedDictionary<string, Func<ReadOnlySpan<double>, double>> Row = new(StringComparer.Ordinal)
    {
        ["sum"] = Sum,
        ["count"] = x => Count(x),
        ["any"] = x => Count(x) > 0 ? 1 : 0,
        ["all"] = x => Count(x) == x.Length ? 1 : 0,
        ["maximum"] = x => x.Length == 0 ? double.NaN : Extreme(x, 1),
        ["minimum"] = x => x.Length == 0 ? double.NaN : Extreme(x, -1),
        ["first"] = x => x.Length == 0 ? double.NaN : x[0],
        ["length"] = x => x.Length,
    };

    public static double Truth(bool value) => value ? 1 : 0;

    /// <summary>An angle brought into (-pi, pi].</summary>
    public static double Wrap(double angle)
    {
        double wrapped = angle - 2 * Math.PI * Math.Floor((angle + Math.PI) / (2 * Math.PI));
        return wrapped <= -Math.PI ? wrapped + 2 * Math.PI : wrapped;
    }

    private static double Sum(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double number in numbers) sum += number;
        return sum;
    }

    private static int Count(ReadOnlySpan<double> numbers)
    {
        int count = 0;
        foreach (double number in numbers)
            if (Value.IsTrue(number)) count++;
        return count;
    }

    private static double Extreme(ReadOnlySpan<double> numbers, int sign)
    {
        double best = numbers[0];
        foreach (double number in numbers)
            if (sign * number > sign * best) best = number;
        return best;
    }
}
