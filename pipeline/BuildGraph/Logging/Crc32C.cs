using System.Buffers.Binary;
using System.Numerics;

namespace TauPipeline.BuildGraph;

/// <summary>CRC-32C (Castagnoli), which processors have an instruction for: tells a torn log record from a whole one.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint rest = 0xFFFFFFFF;
        for (; bytes.Length >= 8; bytes = bytes[8..]) rest = BitOperations.Crc32C(rest, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        for (int i = 0; i < bytes.Length; i++) rest = BitOperations.Crc32C(rest, bytes[i]);
        return ~rest;
    }
}
