using System.Buffers.Binary;

namespace TauPipeline.Codecs;

/// <summary>The checksum at the end of a zlib stream (RFC 1950, section 8.2).</summary>
public static class Adler32
{
    private const uint Modulus = 65521;

    // So many bytes fit before a 32-bit sum can overflow; a multiple of 8 below RFC 1950's 5552.
    private const int Block = 5544;

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = 1, sums = 0;
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> block = bytes[..Math.Min(Block, bytes.Length)];
            bytes = bytes[block.Length..];
            // Eight bytes at once, so that the additions do not wait for each other.
            for (; block.Length >= 8; block = block[8..])
            {
                uint a = block[0], b = block[1], c = block[2], d = block[3], e = block[4], f = block[5], g = block[6], h = block[7];
                sums += 8 * (sum + a) + 7 * b + 6 * c + 5 * d + 4 * e + 3 * f + 2 * g + h;
                sum += a + b + c + d + (e + f + g + h);
            }
            foreach (byte value in block)
            {
                sum += value;
                sums += sum;
            }
            sum %= Modulus;
            sums %= Modulus;
        }
        return sums << 16 | sum;
    }

    /// <summary>The checksum that a zlib stream ends with.</summary>
    internal static uint Trailer(ReadOnlySpan<byte> stream) => BinaryPrimitives.ReadUInt32BigEndian(stream[^4..]);
}
