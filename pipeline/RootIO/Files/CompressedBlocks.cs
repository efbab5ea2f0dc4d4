using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using TauPipeline.Codecs;

namespace TauPipeline.RootIO;

/// <summary>A compressed payload: blocks of at most 16 MiB, each with a head of nine bytes that names its codec and sizes.</summary>
internal static class CompressedBlocks
{
    public const int HeadBytes = 9;
    public const int LargestBlock = 0xFFFFFF;
    public const int ChecksumBytes = 8;
    // A buffer that was too small once is made a little larger than needed: the next basket may be a little longer.
    private const int Slack = 4;
    private const int TrustedBytes = 64 << 20;

    // No deflate or LZ4 stream can unpack to more than this many times its size; the others only by bad intent.
    private const long MostZlib = 1040, MostLz4 = 260, MostOther = 300_000;

    /// <summary>Compares the announced sizes with each other, before anything is allocated for them.</summary>
    public static void Check(ReadOnlySpan<byte> stored, int objectBytes, Place place)
    {
        long total = 0;
        for (int position = 0; position < stored.Length;)
        {
            Head head = Head.Read(stored[position..], place);
            total += head.ObjectBytes;
            position += HeadBytes + head.StoredBytes;
        }
        if (total != objectBytes)
            throw RootErrors.Damaged(place, "a compressed record", $"{objectBytes} bytes", $"blocks of {total} bytes together");
    }

    /// <summary>Whether these bytes are blocks, by their heads, that unpack to that many bytes.</summary>
    public static bool AddUp(ReadOnlySpan<byte> stored, int objectBytes)
    {
        long total = 0;
        for (int position = 0; position < stored.Length;)
        {
            if (Head.Find(stored[position..]) is not { } head || head.StoredBytes > stored.Length - position - HeadBytes) return false;
            total += head.ObjectBytes;
            position += HeadBytes + head.StoredBytes;
        }
        return total == objectBytes;
    }

    /// <summary>
    /// Unpacks all blocks to the beginning of a buffer, which grows where it is too small. Beyond the first 64 MiB it grows
    /// only as blocks before prove true, so that a few bytes which announce gigabytes cost little.
    /// </summary>
    public static void Unpack(ReadOnlySpan<byte> stored, int objectBytes, ref byte[] buffer, Place place)
    {
        Check(stored, objectBytes, place);
        if (buffer.Length < objectBytes && objectBytes <= TrustedBytes)
            buffer = GC.AllocateUninitializedArray<byte>(buffer.Length == 0 ? objectBytes : objectBytes + objectBytes / Slack);
        if (buffer.Length >= objectBytes)
        {
            Decode(stored, buffer.AsSpan(0, objectBytes), place);
            return;
        }
        int done = 0;
        while (!stored.IsEmpty)
        {
            Head head = Head.Read(stored, place);
            int end = done + head.ObjectBytes;
            if (buffer.Length < end)
                Array.Resize(ref buffer, (int)Math.Min(objectBytes, Math.Max(end, Math.Max(TrustedBytes, 2L * buffer.Length))));
            Decode(stored[..(HeadBytes + head.StoredBytes)], buffer.AsSpan(done, head.ObjectBytes), place);
            stored = stored[(HeadBytes + head.StoredBytes)..];
            done = end;
        }
    }

    /// <summary>Fills the target from all blocks.</summary>
    public static void Decode(ReadOnlySpan<byte> stored, Span<byte> target, Place place)
    {
        while (!stored.IsEmpty)
        {
            Head head = Head.Read(stored, place);
            ReadOnlySpan<byte> data = stored.Slice(HeadBytes, head.StoredBytes);
            if (head.Kind == CodecKind.Lz4) data = Checked(data, place);
            if (!Codec.Decompress(head.Kind, data, target[..head.ObjectBytes], out string fault))
                throw RootErrors.Codec(place, head.Kind.ToString(), fault);
            target = target[head.ObjectBytes..];
            stored = stored[(HeadBytes + head.StoredBytes)..];
        }
    }

    /// <summary>The codec of a payload, by its first block.</summary>
    public static CodecKind KindOf(ReadOnlySpan<byte> stored, Place place) => Head.Read(stored, place).Kind;

    private static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> data, Place place)
    {
        if (data.Length < ChecksumBytes) throw RootErrors.Codec(place, "Lz4", "it is shorter than its checksum");
        ReadOnlySpan<byte> block = data[ChecksumBytes..];
        if (XxHash64.HashToUInt64(block) != BinaryPrimitives.ReadUInt64BigEndian(data))
            throw RootErrors.Codec(place, "Lz4", "its xxHash64 does not match");
        return block;
    }

    private readonly record struct Head(CodecKind Kind, int StoredBytes, int ObjectBytes)
    {
        /// <summary>The head that these bytes begin with; null if they are too few, or name no codec that is read.</summary>
        public static Head? Find(ReadOnlySpan<byte> bytes) =>
            bytes.Length >= HeadBytes && KindOf(bytes) is { } kind ? new Head(kind, ThreeBytes(bytes[3..]), ThreeBytes(bytes[6..])) : null;

        public static Head Read(ReadOnlySpan<byte> bytes, Place place)
        {
            if (bytes.Length < HeadBytes)
                throw RootErrors.Damaged(place, "a compressed record", $"a block head of {HeadBytes} bytes", $"{bytes.Length} bytes");
            Head head = Find(bytes) ?? throw RootErrors.UnknownCodec(place, Encoding.Latin1.GetString(bytes[..2]));
            long most = head.Kind switch { CodecKind.Zlib or CodecKind.Deflate => MostZlib, CodecKind.Lz4 => MostLz4, _ => MostOther };
            if (head.StoredBytes > bytes.Length - HeadBytes || head.ObjectBytes > most * head.StoredBytes)
                throw RootErrors.Damaged(place, $"a {head.Kind} block",
                    $"at most {bytes.Length - HeadBytes} bytes, unpacking to at most {most} times as many",
                    $"{head.StoredBytes} bytes for {head.ObjectBytes}");
            return head;
        }

        private static CodecKind? KindOf(ReadOnlySpan<byte> tag) => tag[..2] switch
        {
            [(byte)'Z', (byte)'L'] => CodecKind.Zlib,
            [(byte)'X', (byte)'Z'] => CodecKind.Lzma,
            [(byte)'L', (byte)'4'] => CodecKind.Lz4,
            [(byte)'Z', (byte)'S'] => CodecKind.Zstd,
            [(byte)'C', (byte)'S'] => CodecKind.Deflate,
            _ => null,
        };

        private static int ThreeBytes(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
    }
}
