using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>
/// Turns the unpacked bytes of a page into values: un-splits, undoes zigzag and differences, widens, unpacks bits (spec section 6).
/// </summary>
internal static class PageDecoder
{
    /// <summary>Bytes of that many elements when unpacked.</summary>
    public static long Bytes(NTupleColumnRecord column, long elements) => (elements * column.Bits + 7) / 8;

    /// <summary>Fills the target from a page of as many elements.</summary>
    /// <exception cref="Foundation.StepFailed">A value does not fit the field's type.</exception>
    public static void Decode<T>(NTupleColumnRecord column, ReadOnlySpan<byte> page, Span<T> target, Place place) where T : unmanaged
    {
        switch (column.Encoding)
        {
            case NTupleEncoding.Bit: Bits(page, MemoryMarshal.AsBytes(target)); break;
            case NTupleEncoding.Byte or NTupleEncoding.UInt8: Whole<byte, T>(column, page, target, place); break;
            case NTupleEncoding.Char or NTupleEncoding.Int8: Whole<sbyte, T>(column, page, target, place); break;
            case NTupleEncoding.Int16 or NTupleEncoding.SplitInt16: Whole<short, T>(column, page, target, place); break;
            case NTupleEncoding.UInt16 or NTupleEncoding.SplitUInt16: Whole<ushort, T>(column, page, target, place); break;
            case NTupleEncoding.Int32 or NTupleEncoding.SplitInt32: Whole<int, T>(column, page, target, place); break;
            case NTupleEncoding.UInt32 or NTupleEncoding.SplitUInt32 or NTupleEncoding.Index32 or NTupleEncoding.SplitIndex32:
                Whole<uint, T>(column, page, target, place);
                break;
            case NTupleEncoding.Int64 or NTupleEncoding.SplitInt64: Whole<long, T>(column, page, target, place); break;
            case NTupleEncoding.UInt64 or NTupleEncoding.SplitUInt64 or NTupleEncoding.Index64 or NTupleEncoding.SplitIndex64:
                Whole<ulong, T>(column, page, target, place);
                break;
            case NTupleEncoding.Real16 or NTupleEncoding.SplitReal16: Whole<Half, T>(column, page, target, place); break;
            case NTupleEncoding.Real32 or NTupleEncoding.SplitReal32: Whole<float, T>(column, page, target, place); break;
            case NTupleEncoding.Real64 or NTupleEncoding.SplitReal64: Whole<double, T>(column, page, target, place); break;
            default: Packed(column, page, target, place); break;
        }
    }

    // Elements of whole bytes: in place where the stored type is the wanted one, else through a buffer.
    private static void Whole<TStored, T>(NTupleColumnRecord column, ReadOnlySpan<byte> page, Span<T> target, Place place)
        where TStored : unmanaged, INumber<TStored> where T : unmanaged
    {
        bool isSame = typeof(TStored) == typeof(T);
        Span<TStored> stored = isSame ? MemoryMarshal.Cast<T, TStored>(target) : new TStored[target.Length];
        if (NTupleEncodings.IsSplit(column.Encoding)) Unsplit(page, MemoryMarshal.AsBytes(stored), Unsafe.SizeOf<TStored>());
        else page.CopyTo(MemoryMarshal.AsBytes(stored));
        switch (column.Encoding)
        {
            case NTupleEncoding.SplitInt16: Zigzag<short, ushort>(MemoryMarshal.Cast<TStored, short>(stored)); break;
            case NTupleEncoding.SplitInt32: Zigzag<int, uint>(MemoryMarshal.Cast<TStored, int>(stored)); break;
            case NTupleEncoding.SplitInt64: Zigzag<long, ulong>(MemoryMarshal.Cast<TStored, long>(stored)); break;
            case NTupleEncoding.SplitIndex32: Sum(MemoryMarshal.Cast<TStored, uint>(stored)); break;
            case NTupleEncoding.SplitIndex64: Sum(MemoryMarshal.Cast<TStored, ulong>(stored)); break;
        }
        if (!isSame) Convert<TStored, T>(stored, target, place);
    }

    // Byte k of all elements stands together; the file is little-endian, and so is the machine.
    private static void Unsplit(ReadOnlySpan<byte> page, Span<byte> target, int size)
    {
        int count = target.Length / size;
        for (int k = 0; k < size; k++)
        {
            ReadOnlySpan<byte> plane = page.Slice(k * count, count);
            for (int i = 0, at = k; i < plane.Length; i++, at += size) target[at] = plane[i];
        }
    }

    private static void Zigzag<TSigned, TUnsigned>(Span<TSigned> values)
        where TSigned : unmanaged, IBinaryInteger<TSigned> where TUnsigned : unmanaged, IBinaryInteger<TUnsigned>
    {
        foreach (ref TSigned value in values)
            value = TSigned.CreateTruncating(TUnsigned.CreateTruncating(value) >> 1) ^ -(value & TSigned.One);
    }

    // Differences, the first from 0: sums wrap, and whoever uses an index checks it.
    private static void Sum<T>(Span<T> values) where T : unmanaged, IBinaryInteger<T>
    {
        T sum = T.Zero;
        foreach (ref T value in values) value = sum += value;
    }

    private static void Bits(ReadOnlySpan<byte> page, Span<byte> target)
    {
        for (int i = 0; i < target.Length; i++) target[i] = (byte)(page[i >> 3] >> (i & 7) & 1);
    }

    // Numbers of any width, packed least significant bit first: the upper bits of a float32, or steps of a range.
    private static void Packed<T>(NTupleColumnRecord column, ReadOnlySpan<byte> page, Span<T> target, Place place) where T : unmanaged
    {
        double[] values = new double[target.Length];
        int bits = column.Bits, have = 0, at = 0;
        double min = column.Range.Min, step = (column.Range.Max - min) / ((1UL << bits) - 1);
        ulong window = 0, mask = (1UL << bits) - 1;
        for (int i = 0; i < values.Length; i++)
        {
            for (; have < bits; have += 8) window |= (ulong)page[at++] << have;
            uint packed = (uint)(window & mask);
            (window, have) = (window >> bits, have - bits);
            values[i] =
                column.Encoding == NTupleEncoding.Real32Trunc ? BitConverter.UInt32BitsToSingle(packed << 32 - bits) : packed * step + min;
        }
        Convert<double, T>(values, target, place);
    }

    private static void Convert<TStored, T>(ReadOnlySpan<TStored> stored, Span<T> target, Place place)
        where TStored : unmanaged, INumber<TStored>
        where T : unmanaged
    {
        try
        {
            switch (ColumnTypes.Of<T>())
            {
                case ColumnType.Int8: Convert(stored, MemoryMarshal.Cast<T, sbyte>(target)); break;
                case ColumnType.UInt8: Convert(stored, MemoryMarshal.Cast<T, byte>(target)); break;
                case ColumnType.Int16: Convert(stored, MemoryMarshal.Cast<T, short>(target)); break;
                case ColumnType.UInt16: Convert(stored, MemoryMarshal.Cast<T, ushort>(target)); break;
                case ColumnType.Int32: Convert(stored, MemoryMarshal.Cast<T, int>(target)); break;
                case ColumnType.UInt32: Convert(stored, MemoryMarshal.Cast<T, uint>(target)); break;
                case ColumnType.Int64: Convert(stored, MemoryMarshal.Cast<T, long>(target)); break;
                case ColumnType.UInt64: Convert(stored, MemoryMarshal.Cast<T, ulong>(target)); break;
                case ColumnType.Float32: Convert(stored, MemoryMarshal.Cast<T, float>(target)); break;
                case ColumnType.Float64: Convert(stored, MemoryMarshal.Cast<T, double>(target)); break;
                default: throw NTupleErrors.DoesNotFit(place, typeof(TStored).Name, "bool");
            }
        }
        catch (OverflowException) { throw NTupleErrors.DoesNotFit(place, typeof(TStored).Name, ColumnTypes.Name(ColumnTypes.Of<T>())); }
    }

    private static void Convert<TStored, T>(ReadOnlySpan<TStored> stored, Span<T> target)
        where TStored : unmanaged, INumber<TStored>
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < target.Length; i++) target[i] = T.CreateChecked(stored[i]);
    }
}
