using System.Numerics;
using System.Runtime.CompilerServices;

namespace TauPipeline.RootIO;

/// <summary>
/// Where each entry begins in a basket's data, as stored after them. Loops of vectors are not compiled ahead of time, so they are
/// compiled at once, and well.
/// </summary>
internal static class EntryOffsets
{
    /// <summary>
    /// Reads, and checks that they rise from 0 to the end of the data. The stored last one means nothing and is replaced.
    /// </summary>
    public static void Read(ReadOnlySpan<byte> stored, int keyBytes, int dataBytes, Span<int> offsets, Place place)
    {
        int entries = offsets.Length - 1;
        BigEndian.Read<int>(stored, offsets[..entries]);
        offsets[entries] = dataBytes + keyBytes;
        int wrong = offsets[0] != keyBytes ? 0 : FirstFall(offsets);
        if (wrong >= 0)
            throw RootErrors.Damaged(
                place,
                "a basket",
                $"offsets that rise from {keyBytes} to {dataBytes + keyBytes}",
                $"{offsets[wrong]} at entry {wrong}");
        Shift(offsets, -keyBytes);
    }

    /// <summary>Adds a number to all offsets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Shift(Span<int> offsets, int by)
    {
        int at = 0;
        for (int width = Vector<int>.Count; at <= offsets.Length - width; at += width)
            (new Vector<int>(offsets[at..]) + new Vector<int>(by)).CopyTo(offsets[at..]);
        for (; at < offsets.Length; at++) offsets[at] += by;
    }

    // The first that is less than the one before it, or -1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FirstFall(ReadOnlySpan<int> offsets)
    {
        int at = 1;
        for (int width = Vector<int>.Count; at <= offsets.Length - width; at += width)
            if (Vector.LessThanAny(new Vector<int>(offsets[at..]), new Vector<int>(offsets[(at - 1)..]))) break;
        for (; at < offsets.Length; at++)
            if (offsets[at] < offsets[at - 1]) return at;
        return -1;
    }
}
