using System.Buffers.Binary;
using System.Text;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Little-endian numbers, texts and frames of an RNTuple envelope.</summary>
internal static class Frames
{
    public static byte[] U16(int value) => [(byte)value, (byte)(value >> 8)];

    public static byte[] U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] I64(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] Text(string text) => [.. U32((uint)text.Length), .. Encoding.ASCII.GetBytes(text)];

    public static byte[] Record(params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(part => part)];
        return [.. I64(content.Length + 8), .. content];
    }

    public static byte[] List(IReadOnlyList<byte[]> items, params byte[][] tail)
    {
        byte[] content = [.. items.Concat(tail).SelectMany(part => part)];
        return [.. I64(-(content.Length + 12)), .. U32((uint)items.Count), .. content];
    }
}
