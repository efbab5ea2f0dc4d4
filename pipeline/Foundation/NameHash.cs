using System.Buffers.Binary;
using System.Text;

namespace TauPipeline.Foundation;

/// <summary>
/// The 64-bit number of a name as TauMLTools writes it into its tuples: MurmurHash64A (Appleby, public domain) of its UTF-8 bytes with the
/// seed that GNU's C++ library uses for <c>std::hash</c>.
/// </summary>
public static class NameHash
{
    private const ulong Seed = 0xC70F6907, Multiplier = 0xC6A4A7935BD1E995;
    private const int Shift = 47;

    /// <summary>The number of a name.</summary>
    public static ulong Of(string name) => Of(Encoding.UTF8.GetBytes(name));

    private static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = Seed ^ unchecked((ulong)bytes.Length * Multiplier);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            ulong word = unchecked(BinaryPrimitives.ReadUInt64LittleEndian(bytes) * Multiplier);
            hash = unchecked((hash ^ (word ^ (word >> Shift)) * Multiplier) * Multiplier);
        }
        if (bytes.Length > 0)
        {
            for (int i = bytes.Length - 1; i >= 0; i--) hash ^= (ulong)bytes[i] << (8 * i);
            hash = unchecked(hash * Multiplier);
        }
        hash = unchecked((hash ^ (hash >> Shift)) * Multiplier);
        return hash ^ (hash >> Shift);
    }
}
