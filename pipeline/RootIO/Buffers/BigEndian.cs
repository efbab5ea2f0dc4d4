using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TauPipeline.RootIO;

/// <summary>Whole arrays between the file's byte order and the machine's (little-endian), in vectorised loops.</summary>
internal static class BigEndian
{
    /// <summary>Reads as many values as the target holds; a bool is true for any byte but 0.</summary>
    public static void Read<T>(ReadOnlySpan<byte> source, Span<T> target) where T : unmanaged
    {
        source = source[..(target.Length * Unsafe.SizeOf<T>())];
        if (typeof(T) == typeof(bool)) Normalise(source, MemoryMarshal.AsBytes(target));
        else Swap(source, MemoryMarshal.AsBytes(target), Unsafe.SizeOf<T>());
    }

    /// <summary>Writes all values of the source.</summary>
    public static void Write<T>(ReadOnlySpan<T> source, Span<byte> target)
        where T : unmanaged => Swap(MemoryMarshal.AsBytes(source), target, Unsafe.SizeOf<T>());

    /// <summary>Reads float32 values into doubles (Double32_t without a range).</summary>
    public static void ReadWidened(ReadOnlySpan<byte> source, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++) target[i] = BinaryPrimitives.ReadSingleBigEndian(source[(i * sizeof(float))..]);
    }

    /// <summary>Turns the bytes of values of 1, 2, 4 or 8 bytes each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Swap(ReadOnlySpan<byte> source, Span<byte> target, int size)
    {
        switch (size)
        {
            case 1: source.CopyTo(target); break;
            case 2:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, short>(source), MemoryMarshal.Cast<byte, short>(target));
                break;
            case 4: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(source), MemoryMarshal.Cast<byte, int>(target)); break;
            default:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, long>(source), MemoryMarshal.Cast<byte, long>(target));
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalise(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int at = 0;
        for (int width = Vector<byte>.Count; at <= target.Length - width; at += width)
            Vector.Min(new Vector<byte>(source[at..]), Vector<byte>.One).CopyTo(target[at..]);
        for (; at < target.Length; at++) target[at] = Math.Min(source[at], (byte)1);
    }
}
