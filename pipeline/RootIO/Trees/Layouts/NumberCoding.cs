using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>How one number is stored, and its type in memory (guide sections 4.1 and 4.5).</summary>
internal sealed record NumberCoding(ColumnType Type, int Bytes, NumberForm Form = NumberForm.Plain)
{
    private const int TruncatedBytes = 3, PackedBytes = 4, UsualFloat16Bits = 12, MostTruncatedBits = 14;
    private const int MantissaBits = 23;
    private double _minimum;

    // uproot and JSROOT multiply by the step; C++ ROOT divides by its inverse, which may differ in the last bit.
    private double _step;
    private int _bits;

    /// <summary>The same in the file and in memory, but for the order of bytes.</summary>
    public static NumberCoding Plain(ColumnType type) => new(type, ColumnTypes.Size(type));

    /// <summary>Double32_t: a float, or what its range says.</summary>
    public static NumberCoding Double32(FloatRange? range) =>
        Packed(ColumnType.Float64, range) ?? new(ColumnType.Float64, sizeof(float), NumberForm.Widened);

    /// <summary>Float16_t: exponent and 12 bits of mantissa, or what its range says.</summary>
    public static NumberCoding Float16(FloatRange? range) =>
        Packed(ColumnType.Float32, range) ?? Truncated(ColumnType.Float32, UsualFloat16Bits);

    /// <summary>Decodes as many values as the target holds.</summary>
    public void Decode<T>(ReadOnlySpan<byte> source, Span<T> target) where T : unmanaged
    {
        switch (Form)
        {
            case NumberForm.Plain: BigEndian.Read(source, target); break;
            case NumberForm.Widened: BigEndian.ReadWidened(source, MemoryMarshal.Cast<T, double>(target)); break;
            case NumberForm.Truncated when typeof(T) == typeof(float): DecodeTruncated(source, MemoryMarshal.Cast<T, float>(target)); break;
            case NumberForm.Truncated: DecodeTruncated(source, MemoryMarshal.Cast<T, double>(target)); break;
            default:
                if (typeof(T) == typeof(float)) DecodeRanged(source, MemoryMarshal.Cast<T, float>(target));
                else DecodeRanged(source, MemoryMarshal.Cast<T, double>(target));
                break;
        }
    }

    private static NumberCoding? Packed(ColumnType type, FloatRange? range)
    {
        if (range is not { } given) return null;
        if (!given.HasRange) return given.Bits <= MostTruncatedBits ? Truncated(type, given.Bits) : null;
        double steps = given.Bits < 32 ? 1L << given.Bits : uint.MaxValue;
        return new NumberCoding(type, PackedBytes, NumberForm.Ranged)
        {
            _minimum = given.Minimum,
            _step = (given.Maximum - given.Minimum) / steps,
        };
    }

    private static NumberCoding Truncated(ColumnType type, int bits) => new(type, TruncatedBytes, NumberForm.Truncated) { _bits = bits };

    private void DecodeTruncated(ReadOnlySpan<byte> source, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++) target[i] = Truncated(source.Slice(i * TruncatedBytes, TruncatedBytes));
    }

    private void DecodeTruncated(ReadOnlySpan<byte> source, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++) target[i] = Truncated(source.Slice(i * TruncatedBytes, TruncatedBytes));
    }

    // One byte of exponent, then the upper bits of the mantissa with the sign above them.
    private float Truncated(ReadOnlySpan<byte> bytes)
    {
        uint mantissa = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        uint sign = 1u << (_bits + 1);
        uint bits = (uint)bytes[0] << MantissaBits | (mantissa & (sign - 1)) << (MantissaBits - _bits);
        float value = BitConverter.UInt32BitsToSingle(bits);
        return (mantissa & sign) != 0 ? -value : value;
    }

    private void DecodeRanged(ReadOnlySpan<byte> source, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = (float)(_minimum + BinaryPrimitives.ReadUInt32BigEndian(source[(i * PackedBytes)..]) * _step);
    }

    private void DecodeRanged(ReadOnlySpan<byte> source, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = _minimum + BinaryPrimitives.ReadUInt32BigEndian(source[(i * PackedBytes)..]) * _step;
    }
}

/// <summary>How a number is packed.</summary>
internal enum NumberForm
{
    /// <summary>As in memory, big-endian.</summary>
    Plain,
    /// <summary>A float for a double.</summary>
    Widened,
    /// <summary>Three bytes: exponent, sign and some bits of mantissa.</summary>
    Truncated,
    /// <summary>Four bytes: steps above a minimum.</summary>
    Ranged,
}
