using System.Buffers.Binary;

namespace TauPipeline.Hdf5IO;

/// <summary>HDF5's checksum filter: Fletcher's sum over 16-bit words, four bytes behind the data.</summary>
internal static class Fletcher32
{
    public const int Bytes = 4;

    // So many words fit before a 32-bit sum of sums can overflow.
    private const int Block = 360;

    /// <summary>The data without their checksum.</summary>
    /// <exception cref="InvalidDataException">It does not match.</exception>
    public static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> stored)
    {
        if (stored.Length < Bytes) throw new InvalidDataException($"{stored.Length} bytes with a checksum");
        uint stated = BinaryPrimitives.ReadUInt32LittleEndian(stored[^Bytes..]), found = Of(stored[..^Bytes]);
        // Libraries before 1.6.3 stored the bytes of both halves swapped.
        uint swapped = (found & 0x00ff00ff) << 8 | found >> 8 & 0x00ff00ff;
        return stated == found || stated == swapped ? stored[..^Bytes] : throw new InvalidDataException("its checksum does not match");
    }

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0, sums = 0;
        for (int at = 0, words = 0; at < bytes.Length; at += 2)
        {
            sum += (uint)(bytes[at] << 8) | (at + 1 < bytes.Length ? bytes[at + 1] : 0u);
            sums += sum;
            if (++words % Block == 0) (sum, sums) = (Folded(sum), Folded(sums));
        }
        return Folded(Folded(sums)) << 16 | Folded(Folded(sum));
    }

    private static uint Folded(uint sum) => (sum & 0xffff) + (sum >> 16);
}
