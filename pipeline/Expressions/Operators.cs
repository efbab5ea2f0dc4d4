namespace TauPipeline.Expressions;

/// <summary>The operators of expressions, as Python's: whole numbers stay whole but for <c>/</c> and <c>**</c>; truth is 1 and 0.</summary>
internal static class Operators
{
    public static readonly ElementFunction Add = ElementFunction.Two<Plus>() with { BoundOf = x => x[0] + x[1], Exact = x => x[0] + x[1] };
    public static readonly ElementFunction Subtract = ElementFunction.Two<Minus>() with
    {
        BoundOf = x => x[0] + x[1],
        Exact = x => x[0] - x[1],
    };
    public static readonly ElementFunction Multiply = ElementFunction.Two<Product>() with
    {
        BoundOf = x => Times(x[0], x[1]),
        Exact = x => x[0] * x[1],
    };
    public static readonly ElementFunction Divide = ElementFunction.Two<Quotient>();
    public static readonly ElementFunction FloorDivide = new(2, x => Floored(x[0], x[1]))
    {
        BoundOf = x => Math.Max(x[0], x[1]),
        Exact = x => Whole.FloorDivide(x[0], x[1]),
    };
    public static readonly ElementFunction Remainder = new(2, x => Rest(x[0], x[1]))
    {
        BoundOf = x => Math.Max(x[0], x[1]),
        Exact = x => Whole.Remainder(x[0], x[1]),
    };
    public static readonly ElementFunction Power = new(2, x => Math.Pow(x[0], x[1])) { IsOfTheLibrary = true };
    public static readonly ElementFunction Negate = ElementFunction.One<Negative>() with { BoundOf = x => x[0], Exact = x => -x[0] };

    public static readonly ElementFunction And = ElementFunction.Truth<Both>();
    public static readonly ElementFunction Or = ElementFunction.Truth<Either>();
    public static readonly ElementFunction Not = ElementFunction.Truth(1, x => !Value.IsTrue(x[0]));
    public static readonly ElementFunction Truth = ElementFunction.Truth(1, x => Value.IsTrue(x[0]));

    /// <summary>Comparisons by their signs, longer ones first. With a missing side all are false but <c>!=</c>.</summary>
    public static readonly IReadOnlyList<(string Sign, ElementFunction Function)> Comparisons =
    [
        ("==", ElementFunction.Truth<AreEqual>(x => x[0] == x[1])),
        ("!=", ElementFunction.Truth<Differ>(x => x[0] != x[1], ifMissing: true)),
        (">=", ElementFunction.Truth<IsAtLeast>(x => x[0] >= x[1])),
        ("<=", ElementFunction.Truth<IsAtMost>(x => x[0] <= x[1])),
        (">", ElementFunction.Truth<IsAbove>(x => x[0] > x[1])),
        ("<", ElementFunction.Truth<IsBelow>(x => x[0] < x[1])),
    ];

    /// <summary>Whether a number is (not) one of these.</summary>
    public static ElementFunction Among(IReadOnlyList<Value> numbers, bool negated)
    {
        double[] doubles = [.. numbers.Select(number => number.Doubles.Span[0])];
        // 3.0 is 3; what is not whole is no whole number.
        Int128[] wholes =
        [
            .. numbers.Where(number => number.IsWhole).Select(number => number.Exact[0]),
            .. numbers.Where(number => !number.IsWhole)
                .Select(number => number.Doubles.Span[0])
            .Where(number => double.IsInteger(number) && Math.Abs(number) < Whole.Largest).Select(Whole.Of)];
        return ElementFunction.Truth(1, x => doubles.Contains(x[0]) != negated, x => wholes.Contains(x[0]) != negated, ifMissing: negated);
    }

    // 0 times the bound of real numbers is no number: a real factor makes a real product.
    private static double Times(double one, double other) => double.IsFinite(one) && double.IsFinite(other) ? one * other : Whole.Real;

    // As Python: the remainder is exact and has the divisor's sign, and the quotient is that of number minus remainder.
    private static double Rest(double number, double by)
    {
        double rest = number % by;
        return rest != 0 && rest < 0 != by < 0 ? rest + by : rest;
    }

    private static double Floored(double number, double by)
    {
        double rest = number % by, quotient = (number - rest) / by;
        return Math.Round(rest != 0 && rest < 0 != by < 0 ? quotient - 1 : quotient);
    }
}
