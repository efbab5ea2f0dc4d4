using System.Numerics;
using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>
/// Sum of the finite values in the order of the file, with what rounding lost kept aside (Neumaier); the others are counted.
/// </summary>
internal sealed class FiniteSum
{
    private double _sum, _carry;

    public double Value => double.IsFinite(_sum) ? _sum + _carry : _sum;

    public long NonFinite { get; private set; }

    public void Add(RootColumn column)
    {
        switch (column)
        {
            case RootColumn<bool>: Add(column.Bytes); break;
            case RootColumn<sbyte> typed: Add(typed.Values); break;
            case RootColumn<byte> typed: Add(typed.Values); break;
            case RootColumn<short> typed: Add(typed.Values); break;
            case RootColumn<ushort> typed: Add(typed.Values); break;
            case RootColumn<int> typed: Add(typed.Values); break;
            case RootColumn<uint> typed: Add(typed.Values); break;
            case RootColumn<long> typed: Add(typed.Values); break;
            case RootColumn<ulong> typed: Add(typed.Values); break;
            case RootColumn<float> typed: Add(typed.Values); break;
            case RootColumn<double> typed: Add(typed.Values); break;
            default: throw new Foundation.Defect($"values of {ColumnTypes.Name(column.Shape.Type)} are not summed");
        }
    }

    public void Add<T>(ReadOnlySpan<T> values) where T : unmanaged, INumber<T>
    {
        foreach (T value in values)
        {
            double number = double.CreateTruncating(value);
            if (double.IsFinite(number)) Add(number);
            else NonFinite++;
        }
    }

    private void Add(double value)
    {
        double sum = _sum + value;
        _carry += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }
}
