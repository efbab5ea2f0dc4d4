using System.Runtime.InteropServices;

namespace TauPipeline.Hdf5IO;

/// <summary>HDF5's shuffle filter: all first bytes of the elements, then all second bytes, and so on.</summary>
internal static class BytePlanes
{
    public static void Split(ReadOnlySpan<byte> elements, int size, Span<byte> planes)
    {
        int count = elements.Length / size;
        if (size == 4 && BitConverter.IsLittleEndian)
        {
            SplitWords(MemoryMarshal.Cast<byte, uint>(elements), planes);
            return;
        }
        for (int plane = 0; plane < size; plane++)
        {
            Span<byte> bytes = planes.Slice(plane * count, count);
            for (int i = 0, from = plane; i < bytes.Length; i++, from += size) bytes[i] = elements[from];
        }
    }

    public static void Join(ReadOnlySpan<byte> planes, int size, Span<byte> elements)
    {
        if (size < 1) throw new InvalidDataException($"shuffled by {size} bytes");
        int count = elements.Length / size;
        // What does not fill an element stays behind the planes, as it is.
        planes[(count * size)..].CopyTo(elements[(count * size)..]);
        if (size == 4 && BitConverter.IsLittleEndian)
        {
            JoinWords(planes, MemoryMarshal.Cast<byte, uint>(elements[..(count * size)]));
            return;
        }
        for (int plane = 0; plane < size; plane++)
        {
            ReadOnlySpan<byte> bytes = planes.Slice(plane * count, count);
            for (int i = 0, to = plane; i < bytes.Length; i++, to += size) elements[to] = bytes[i];
        }
    }

    // Float columns are most of every file: one pass over memory instead of four.
    private static void SplitWords(ReadOnlySpan<uint> words, Span<byte> planes)
    {
        int count = words.Length;
        Span<byte> a = planes[..count],
            b = planes.Slice(count, count),
            c = planes.Slice(2 * count, count),
            d = planes.Slice(3 * count, count);
        for (int i = 0; i < words.Length; i++)
        {
            uint word = words[i];
            a[i] = (byte)word;
            b[i] = (byte)(word >> 8);
            c[i] = (byte)(word >> 16);
            d[i] = (byte)(word >> 24);
        }
    }

    private static void JoinWords(ReadOnlySpan<byte> planes, Span<uint> words)
    {
        int count = words.Length;
        ReadOnlySpan<byte> a = planes[..count],
            b = planes.Slice(count, count),
            c = planes.Slice(2 * count, count),
            d = planes.Slice(3 * count, count);
        for (int i = 0; i < words.Length; i++) words[i] = a[i] | (uint)b[i] << 8 | (uint)c[i] << 16 | (uint)d[i] << 24;
    }
}
