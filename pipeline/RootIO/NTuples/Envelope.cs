using System.Buffers.Binary;
using System.IO.Hashing;

namespace TauPipeline.RootIO;

/// <summary>The outer form of header, footer and page list: type and length in front, XXH3 of all before at the end.</summary>
internal static class Envelope
{
    public const ushort Header = 1, Footer = 2, PageList = 3;
    private const int HeadBytes = 8, ChecksumBytes = 8;

    // The metadata of a million columns take less; nothing larger is asked of memory on a file's word.
    private const long Largest = 256L << 20;

    /// <summary>Reads and unpacks the envelope at that place and verifies its checksum.</summary>
    /// <returns>Its payload, and its checksum, which others refer to.</returns>
    public static (byte[] Payload, ulong Checksum) Read(FileBytes file, NTupleLink link, ushort type, string path)
    {
        var place = new Place(file.Path, link.Locator.Offset, path);
        byte[] bytes = Unpack(file, link, place);
        if (bytes.Length < HeadBytes + ChecksumBytes)
            throw RootErrors.Damaged(place, "an RNTuple", $"an envelope of at least {HeadBytes + ChecksumBytes} bytes", $"{bytes.Length}");
        ulong head = BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            checksum = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - ChecksumBytes));
        if (XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - ChecksumBytes)) != checksum) throw NTupleErrors.Checksum(place, Name(type));
        if ((ushort)head != type || head >> 16 != (ulong)bytes.Length)
            throw RootErrors.Damaged(
                place,
                "an RNTuple",
                $"{Name(type)} of {bytes.Length} bytes",
                $"envelope type {(ushort)head} of {head >> 16} bytes");
        return (bytes[HeadBytes..^ChecksumBytes], checksum);
    }

    private static byte[] Unpack(FileBytes file, NTupleLink link, Place place)
    {
        if (link.Length > Largest || link.Locator.Bytes > Largest)
            throw RootErrors.Damaged(
                place,
                "an RNTuple",
                $"an envelope of at most {Largest} bytes",
                $"{link.Locator.Bytes} bytes for {link.Length}");
        file.Require(link.Locator.Offset, link.Locator.Bytes, place);
        byte[] stored = new byte[link.Locator.Bytes];
        file.Read(link.Locator.Offset, stored, place);
        if (link.Locator.Bytes == link.Length) return stored;
        CompressedBlocks.Check(stored, (int)link.Length, place);
        byte[] bytes = new byte[link.Length];
        CompressedBlocks.Decode(stored, bytes, place);
        return bytes;
    }

    private static string Name(ushort type) => type switch { Header => "a header", Footer => "a footer", _ => "a page list" };
}
