using System.Numerics;

namespace TauPipeline.Statistics;

/// <summary>
/// The exact sum of finite numbers, a fixed-point number as wide as the range of a double (Kulisch 1971): it depends neither on the order
/// of the numbers nor on how they were shared among sums that are added up later.
/// </summary>
internal sealed class ExactSum
{
    /// <summary>A unit of <see cref="Units"/> is 2 to this power, the smallest double.</summary>
    public const int UnitExponent = -1074;

    // Digits of 32 bits in 64: so many additions of less than 2^32 leave room for the sign.
    private const int MostAdditions = 1 << 30;
    private const int Digits = 68;

    private readonly long[] _digits = new long[Digits];
    private int _additions;

    /// <summary>The sum, in units of the smallest double.</summary>
    public BigInteger Units
    {
        get
        {
            BigInteger sum = 0;
            for (int i = Digits - 1; i >= 0; i--) sum = (sum << 32) + _digits[i];
            return sum;
        }
    }

    /// <summary>Adds a finite number.</summary>
    public void Add(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(number);
        int exponent = (int)(bits >> 52) & 0x7ff, shift = Math.Max(exponent, 1) - 1;
        ulong mantissa = ((ulong)bits & 0xf_ffff_ffff_ffff) | (exponent == 0 ? 0 : 1UL << 52);
        UInt128 at = (UInt128)mantissa << (shift & 31);
        int digit = shift >> 5;
        long low = (long)((ulong)at & uint.MaxValue), middle = (long)((ulong)at >> 32), high = (long)(ulong)(at >> 64);
        if (bits < 0) (low, middle, high) = (-low, -middle, -high);
        _digits[digit] += low;
        _digits[digit + 1] += middle;
        _digits[digit + 2] += high;
        if (++_additions == MostAdditions) Carry();
    }

    /// <summary>Adds another sum.</summary>
    public void Add(ExactSum other)
    {
        Carry();
        other.Carry();
        for (int i = 0; i < Digits; i++) _digits[i] += other._digits[i];
        _additions = 2;
    }

    /// <summary>The double nearest to <c>numerator / denominator * 2^exponent</c>; ties go to the even one.</summary>
    public static double Rounded(BigInteger numerator, BigInteger denominator, int exponent)
    {
        if (numerator.IsZero) return 0;
        BigInteger size = BigInteger.Abs(numerator);
        // 64 bits or 65 of the quotient, the last of which also says whether anything is left below.
        int shift = 64 - (int)(size.GetBitLength() - denominator.GetBitLength());
        BigInteger quotient = shift >= 0
            ? BigInteger.DivRem(size << shift, denominator, out BigInteger rest)
            : BigInteger.DivRem(size, denominator << -shift, out rest);
        if (quotient.GetBitLength() > 64)
        {
            if (!quotient.IsEven) rest = 1;
            (quotient, shift) = (quotient >> 1, shift - 1);
        }
        if (!rest.IsZero) quotient |= 1;
        return Math.ScaleB((double)(ulong)quotient, exponent - shift) * numerator.Sign;
    }

    // All digits but the last into [0, 2^32).
    private void Carry()
    {
        for (int i = 0; i < Digits - 1; i++)
        {
            _digits[i + 1] += _digits[i] >> 32;
            _digits[i] &= uint.MaxValue;
        }
        _additions = 1;
    }
}
