using System.Numerics;

namespace TauPipeline.Statistics;

/// <summary>
/// Count, mean and spread of a sample, from exact sums: the same to the last bit in whatever order values come, and however they are shared
/// among parts that are added up later. NaN and infinite values are counted and left out, those with a square beyond the largest double
/// with the infinite ones.
/// </summary>
public sealed class ExactMoments
{
    private readonly ExactSum _sum = new(), _squares = new();
    private long _count, _notANumber, _infinite;

    /// <summary>Count, mean and squared deviations so far, each the double nearest to the exact value.</summary>
    public Moments Moments
    {
        get
        {
            if (_count == 0) return new Moments(0, 0, 0, _notANumber, _infinite);
            BigInteger sum = _sum.Units, squares = _squares.Units << -ExactSum.UnitExponent;
            return new Moments(
                _count,
                ExactSum.Rounded(sum, _count, ExactSum.UnitExponent),
                ExactSum.Rounded(squares * _count - sum * sum, _count, 2 * ExactSum.UnitExponent),
                _notANumber,
                _infinite);
        }
    }

    /// <summary>Adds a value that came so many times.</summary>
    public void Add(double value, long times = 1)
    {
        double square = value * value;
        if (double.IsNaN(value)) _notANumber += times;
        else if (double.IsInfinity(square)) _infinite += times;
        else
        {
            _count += times;
            // What the product lost in rounding; floats lose nothing.
            double lost = Math.FusedMultiplyAdd(value, value, -square);
            for (int power = 0; times >> power > 0; power++)
            {
                if ((times >> power & 1) == 0) continue;
                _sum.Add(power == 0 ? value : Math.ScaleB(value, power));
                _squares.Add(power == 0 ? square : Math.ScaleB(square, power));
                if (lost != 0) _squares.Add(power == 0 ? lost : Math.ScaleB(lost, power));
            }
        }
    }

    /// <summary>Adds values.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values) Add(value);
    }

    /// <summary>Adds another sample.</summary>
    public void Add(ExactMoments other)
    {
        _sum.Add(other._sum);
        _squares.Add(other._squares);
        (_count, _notANumber, _infinite) = (_count + other._count, _notANumber + other._notANumber, _infinite + other._infinite);
    }
}
