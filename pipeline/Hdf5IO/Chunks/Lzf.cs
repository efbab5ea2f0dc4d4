namespace TauPipeline.Hdf5IO;

/// <summary>LibLZF's format, h5py's filter 32000: runs of bytes as they are, and copies of what was just written.</summary>
internal static class Lzf
{
    private const int LongestRun = 32, LongCopy = 7;

    /// <summary>Fills the target exactly.</summary>
    /// <exception cref="InvalidDataException">The bytes are not LZF of that length.</exception>
    public static void Decompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int from = 0, to = 0;
        while (from < source.Length)
        {
            int control = source[from++];
            if (control < LongestRun)
            {
                int run = control + 1;
                if (run > source.Length - from || run > target.Length - to) throw Damaged(from);
                source.Slice(from, run).CopyTo(target[to..]);
                from += run;
                to += run;
                continue;
            }
            int length = control >> 5;
            if (from + (length == LongCopy ? 1 : 0) >= source.Length) throw Damaged(from);
            if (length == LongCopy) length += source[from++];
            length += 2;
            int back = to - ((control & 31) << 8) - source[from++] - 1;
            if (back < 0 || length > target.Length - to) throw Damaged(from);
            // The copy may read what it has just written: byte by byte.
            for (; length > 0; length--) target[to++] = target[back++];
        }
        if (to != target.Length) throw new InvalidDataException($"LZF data of {to} bytes instead of {target.Length}");
    }

    private static InvalidDataException Damaged(int at) => new($"damaged LZF data near byte {at}");
}
