using System.Buffers.Binary;

namespace TauPipeline.RootIO;

/// <summary>What stands before the values of an unsplit vector: byte count, version, number of elements (spec section 4.3).</summary>
internal static class VectorHead
{
    public const int Bytes = 10;
    private const uint ByteCountFlag = 0x40000000;
    private const int MemberWise = 0x4000;
    private const ushort Version = 9;

    /// <summary>Whether the head agrees with an entry of that many values, written object by object.</summary>
    public static bool Fits(ReadOnlySpan<byte> entry, int count) =>
        BinaryPrimitives.ReadInt32BigEndian(entry[6..]) == count
        && BinaryPrimitives.ReadUInt32BigEndian(entry) == (ByteCountFlag | (uint)(entry.Length - 4))
        && (BinaryPrimitives.ReadUInt16BigEndian(entry[4..]) & MemberWise) == 0;

    /// <summary>Writes the head of an entry of that many bytes of values.</summary>
    public static void Write(Span<byte> head, int bytes, int count)
    {
        BinaryPrimitives.WriteUInt32BigEndian(head, ByteCountFlag | (uint)(bytes + Bytes - 4));
        BinaryPrimitives.WriteUInt16BigEndian(head[4..], Version);
        BinaryPrimitives.WriteInt32BigEndian(head[6..], count);
    }

    /// <summary>What the head says, for a message.</summary>
    public static string Describe(ReadOnlySpan<byte> entry) =>
        $"byte count {BinaryPrimitives.ReadUInt32BigEndian(entry):x8}, version {BinaryPrimitives.ReadUInt16BigEndian(entry[4..]):x4}, "
        + $"{BinaryPrimitives.ReadInt32BigEndian(entry[6..])} values, in {entry.Length} bytes";

    /// <summary>Where each entry begins, from one byte count to the next; never beyond the end of the data.</summary>
    public static void Offsets(ReadOnlySpan<byte> data, Span<int> offsets)
    {
        int position = 0;
        for (int i = 1; i < offsets.Length; i++)
        {
            int left = data.Length - position - sizeof(uint);
            uint length = left >= 0 ? BinaryPrimitives.ReadUInt32BigEndian(data[position..]) & ~ByteCountFlag : uint.MaxValue;
            position = left < 0 || length > (uint)left ? data.Length : position + sizeof(uint) + (int)length;
            offsets[i] = position;
        }
    }
}
