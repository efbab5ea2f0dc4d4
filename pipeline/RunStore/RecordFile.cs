using System.Buffers.Binary;
using System.Numerics;

namespace TauPipeline.RunStore;

/// <summary>
/// TensorFlow's file of records: length (8 bytes, little-endian), its checksum, the bytes, their checksum. A checksum is CRC-32C
/// (Castagnoli), turned and moved by a constant, since a sum over bytes that hold their own sums says little.
/// </summary>
internal static class RecordFile
{
    private const uint Moved = 0xa282ead8;

    public static void Append(Stream to, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[12], tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Masked(head[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Masked(bytes));
        to.Write(head);
        to.Write(bytes);
        to.Write(tail);
    }

    /// <summary>CRC-32C of some bytes.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte one in bytes) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Crc(bytes), 15) + Moved;
}
