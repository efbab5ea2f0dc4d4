namespace TauPipeline.Expressions;

// The calls that stand in loops over constituents, each a type so that Loops inlines it. Truth is 1 and 0.

internal readonly struct Size : IOfOne
{
    public static double Of(double x) => Math.Abs(x);
}

internal readonly struct Negative : IOfOne
{
    public static double Of(double x) => -x;
}

internal readonly struct Plus : IOfTwo
{
    public static double Of(double x, double y) => x + y;
}

internal readonly struct Minus : IOfTwo
{
    public static double Of(double x, double y) => x - y;
}

internal readonly struct Product : IOfTwo
{
    public static double Of(double x, double y) => x * y;
}

internal readonly struct Quotient : IOfTwo
{
    public static double Of(double x, double y) => x / y;
}

internal readonly struct Smaller : IOfTwo
{
    public static double Of(double x, double y) => Math.Min(x, y);
}

internal readonly struct Larger : IOfTwo
{
    public static double Of(double x, double y) => Math.Max(x, y);
}

internal readonly struct AreEqual : IOfTwo
{
    public static double Of(double x, double y) => x == y ? 1 : 0;
}

internal readonly struct Differ : IOfTwo
{
    public static double Of(double x, double y) => x != y ? 1 : 0;
}

internal readonly struct IsAtLeast : IOfTwo
{
    public static double Of(double x, double y) => x >= y ? 1 : 0;
}

internal readonly struct IsAtMost : IOfTwo
{
    public static double Of(double x, double y) => x <= y ? 1 : 0;
}

internal readonly struct IsAbove : IOfTwo
{
    public static double Of(double x, double y) => x > y ? 1 : 0;
}

internal readonly struct IsBelow : IOfTwo
{
    public static double Of(double x, double y) => x < y ? 1 : 0;
}

internal readonly struct Both : IOfTwo
{
    public static double Of(double x, double y) => Value.IsTrue(x) && Value.IsTrue(y) ? 1 : 0;
}

internal readonly struct Either : IOfTwo
{
    public static double Of(double x, double y) => Value.IsTrue(x) || Value.IsTrue(y) ? 1 : 0;
}

/// <summary>The distance of two directions (eta, phi).</summary>
internal readonly struct DeltaR : IOfFour
{
    public static double Of(double eta, double phi, double otherEta, double otherPhi)
    {
        double deta = eta - otherEta, dphi = Functions.Wrap(phi - otherPhi);
        return Math.Sqrt(deta * deta + dphi * dphi);
    }
}
