using System.IO.Compression;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// Chooses how a plane of bytes is packed, from how often each byte comes and how often it follows itself; in integers, so that every
/// machine chooses alike.
/// </summary>
internal static class PlaneCoding
{
    // A part of the plane tells enough: the first 256 bytes of each 2048.
    private const int Sample = 256, Stride = 2048;

    private static readonly ZLibCompressionOptions Fastest = new() { CompressionLevel = 1 };
    private static readonly ZLibCompressionOptions Huffman = new()
    {
        CompressionLevel = 1,
        CompressionStrategy = ZLibCompressionStrategy.HuffmanOnly,
    };

    /// <summary>The coding, or <see langword="null"/> to store the plane as it is.</summary>
    public static ZLibCompressionOptions? For(ReadOnlySpan<byte> plane)
    {
        Span<int> counts = stackalloc int[256];
        long seen = 0, repeats = 0, squares = 0;
        for (int from = 0; from < plane.Length; from += Stride)
        {
            int before = -1;
            foreach (byte value in plane.Slice(from, Math.Min(Sample, plane.Length - from)))
            {
                counts[value]++;
                seen++;
                repeats += value == before ? 1 : 0;
                before = value;
            }
        }
        foreach (int count in counts) squares += (long)count * count;

        // The collision entropy of noise is 8 bits; above 7.4 (2^7.4 = 169) there is nothing to gain.
        if (169 * squares < seen * seen) return null;
        return 2 * repeats > seen ? Fastest : Huffman;
    }
}
