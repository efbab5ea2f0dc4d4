using System.Globalization;

namespace TauPipeline.Expressions;

/// <summary>
/// Whole numbers are kept exactly: as doubles where their type bounds them by 2^52, else as Int128, in which sums, differences
/// and products of 64-bit columns do not round. What may reach 2^126 is a real number. A bound follows from types and
/// literals alone, never from the values of a batch, so that a row's result does not depend on its neighbours.
/// </summary>
internal static class Whole
{
    /// <summary>
    /// Up to here whole numbers are kept as doubles: 2^52, so that bounds, which are doubles that round, stay below the 2^53 of
    /// exactness.
    /// </summary>
    public const double InDouble = 4503599627370496;

    /// <summary>Up to here whole numbers are kept: 2^126. Infinity, the bound of real numbers, lies above.</summary>
    public const double Largest = 85070591730234615865843651857942052864.0;

    /// <summary>The bound of what need not be whole.</summary>
    public const double Real = double.PositiveInfinity;

    /// <summary>What stands for "missing" among Int128.</summary>
    public static readonly Int128 Missing = Int128.MinValue;

    /// <summary>Whether numbers of that bound need Int128.</summary>
    public static bool IsWide(double bound) => bound is > InDouble and < Largest;

    /// <summary>The nearest double; NaN for what is missing.</summary>
    public static double ToDouble(Int128 number) => number == Missing ? double.NaN : (double)number;

    /// <summary>A double that is whole or missing.</summary>
    public static Int128 Of(double number) => double.IsNaN(number) ? Missing : (Int128)number;

    /// <summary>Python's floor division.</summary>
    public static Int128 FloorDivide(Int128 number, Int128 by)
    {
        if (by == 0) return Missing;
        (Int128 quotient, Int128 rest) = Int128.DivRem(number, by);
        return rest != 0 && rest < 0 != by < 0 ? quotient - 1 : quotient;
    }

    /// <summary>Python's remainder: it has the sign of the divisor.</summary>
    public static Int128 Remainder(Int128 number, Int128 by) => by == 0 ? Missing : number - by * FloorDivide(number, by);

    /// <summary>A literal of digits alone, if it is small enough to be kept.</summary>
    public static bool TryParse(ReadOnlySpan<char> digits, out Int128 number) =>
        Int128.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (double)number < Largest;
}
