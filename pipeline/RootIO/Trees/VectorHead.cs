using System.Buffers.Binary;

namespace TauPipeline.RootIO;

/// <summary>What stands before the values of an unsplit vector: byte count, version, number of elements (spec section 4.3).</summary>
internal static class VectorHead
{
    public const int Bytes = 10;
    private const uint ByteCountFlag = 0x40000000;
    private const int MemberWise = 0x4000;

    /// <summary>What in the head disagrees with an entry of that many values, or null.</summary>
    public static string? Fault(ReadOnlySpan<byte> entry, int count)
    {
        uint word = BinaryPrimitives.ReadUInt32BigEndian(entry);
        int version = BinaryPrimitives.ReadUInt16BigEndian(entry[4..]), stored = BinaryPrimitives.ReadInt32BigEndian(entry[6..]);
        if (word != (ByteCountFlag | (uint)(entry.Length - 4))) return $"byte count {word:x8} for {entry.Length} bytes";
        if ((version & MemberWise) != 0) return $"member-wise content (version {version:x4})";
        return stored == count ? null : $"{stored} values announced";
    }

    /// <summary>Where each entry begins, from one byte count to the next.</summary>
    public static void Offsets(ReadOnlySpan<byte> data, Span<int> offsets)
    {
        int position = 0;
        for (int i = 1; i < offsets.Length; i++)
        {
            uint length = position + 4 <= data.Length ? BinaryPrimitives.ReadUInt32BigEndian(data[position..]) & ~ByteCountFlag : uint.MaxValue;
            position = length > (uint)(data.Length - position) ? data.Length : position + 4 + (int)length;
            offsets[i] = position;
        }
    }
}
