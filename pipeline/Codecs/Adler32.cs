using System.Buffers.Binary;

namespace TauPipeline.Codecs;

/// <summary>The checksum at the end of a zlib stream (RFC 1950, section 9).</summary>
internal static class Adler32
{
    private const uint Modulus = 65521;

    // The longest run whose sums cannot overflow 32 bits.
    private const int Run = 5552;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint low = 1, high = 0;
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> run = bytes[..Math.Min(Run, bytes.Length)];
            foreach (byte value in run)
            {
                low += value;
                high += low;
            }
            low %= Modulus;
            high %= Modulus;
            bytes = bytes[run.Length..];
        }
        return high << 16 | low;
    }

    public static uint Trailer(ReadOnlySpan<byte> stream) => BinaryPrimitives.ReadUInt32BigEndian(stream[^4..]);
}
