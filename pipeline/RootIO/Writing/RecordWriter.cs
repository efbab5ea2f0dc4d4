using System.Buffers.Binary;
using System.IO.Hashing;
using TauPipeline.Codecs;

namespace TauPipeline.RootIO;

/// <summary>Appends records (key and payload) to a file.</summary>
internal sealed class RecordWriter(FileStream file, RootCompression compression)
{
    /// <summary>Every date in the file: reproducible bytes carry no clock. It is 1995-01-01, the first that the format can tell.</summary>
    public const uint Date = 1 << 22 | 1 << 17;

    public const int RootDirectory = 100;
    private readonly RootWriter _key = new();
    private byte[] _compressed = [];

    /// <summary>Where the next record will stand.</summary>
    public long Position => file.Position;

    public static bool IsLarge(long position) => position > int.MaxValue / 2;

    /// <summary>Bytes of a key at that position.</summary>
    public static int KeyBytes(long position, RecordName name, int headBytes) =>
        (IsLarge(position) ? 34 : 26)
        + RootWriter.StringBytes(name.ClassName)
        + RootWriter.StringBytes(name.Name)
        + RootWriter.StringBytes(name.Title)
        + headBytes;

    /// <summary>
    /// Appends one record, compressed unless told otherwise or unless that makes it larger. The head counts as part of the key.
    /// </summary>
    public WrittenRecord Append(RecordName name, ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, bool compress = true)
    {
        long position = Position;
        ReadOnlySpan<byte> stored = compress && compression.Kind != CodecKind.None ? Compress(payload) : payload;
        int keyBytes = KeyBytes(position, name, head.Length);
        var record = new WrittenRecord(name, position, keyBytes, keyBytes + stored.Length, payload.Length);
        _key.Clear();
        record.WriteKey(_key, position == RootDirectory ? 0 : RootDirectory);
        _key.Bytes(head);
        file.Write(_key.Written);
        file.Write(stored);
        return record;
    }

    /// <summary>Overwrites bytes that were left open until all else was known.</summary>
    public void Patch(long position, ReadOnlySpan<byte> bytes)
    {
        long end = Position;
        file.Position = position;
        file.Write(bytes);
        file.Position = end;
    }

    // Blocks of at most 16 MiB. The whole payload is stored as it is if any block does not get smaller.
    private ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> payload)
    {
        if (_compressed.Length < payload.Length) _compressed = GC.AllocateUninitializedArray<byte>(payload.Length);
        int written = 0;
        for (ReadOnlySpan<byte> rest = payload; !rest.IsEmpty;)
        {
            ReadOnlySpan<byte> block = rest[..Math.Min(rest.Length, CompressedBlocks.LargestBlock)];
            int bytes = CompressBlock(block, _compressed.AsSpan(written, payload.Length - written));
            if (bytes == 0) return payload;
            written += bytes;
            rest = rest[block.Length..];
        }
        return written < payload.Length ? _compressed.AsSpan(0, written) : payload;
    }

    private int CompressBlock(ReadOnlySpan<byte> block, Span<byte> target)
    {
        int checksum = compression.Kind == CodecKind.Lz4 ? CompressedBlocks.ChecksumBytes : 0, head = CompressedBlocks.HeadBytes + checksum;
        if (target.Length <= head) return 0;
        int bytes = Codec.Compress(compression.Kind, block, target[head..Math.Min(target.Length, head + block.Length)], compression.Level);
        if (bytes == 0 || bytes + checksum > CompressedBlocks.LargestBlock) return 0;
        // Two letters, then the codec's own version or method.
        ReadOnlySpan<byte> tag = compression.Kind switch
        {
            CodecKind.Zlib => [(byte)'Z', (byte)'L', 8],
            CodecKind.Lz4 => [(byte)'L', (byte)'4', 1],
            CodecKind.Lzma => [(byte)'X', (byte)'Z', 0],
            _ => [(byte)'Z', (byte)'S', 1],
        };
        tag.CopyTo(target);
        ThreeBytes(target[3..], bytes + checksum);
        ThreeBytes(target[6..], block.Length);
        if (checksum > 0)
            BinaryPrimitives.WriteUInt64BigEndian(target[CompressedBlocks.HeadBytes..], XxHash64.HashToUInt64(target.Slice(head, bytes)));
        return head + bytes;
    }

    private static void ThreeBytes(Span<byte> target, int value)
    {
        for (int i = 0; i < 3; i++) target[i] = (byte)(value >> 8 * i);
    }
}

/// <summary>What a record is and is called.</summary>
internal readonly record struct RecordName(string ClassName, string Name, string Title);

/// <summary>Where a record went, and its sizes.</summary>
internal readonly record struct WrittenRecord(RecordName Name, long Position, int KeyBytes, int RecordBytes, int ObjectBytes)
{
    /// <summary>The key: in front of the record, and again in the list of keys.</summary>
    public void WriteKey(RootWriter writer, long parent)
    {
        bool large = RecordWriter.IsLarge(Position);
        writer.I32(RecordBytes).I16(large ? 1004 : 4).I32(ObjectBytes).U32(RecordWriter.Date).I16(KeyBytes).I16(1)
            .Seek(Position, large).Seek(parent, large).String(Name.ClassName).String(Name.Name).String(Name.Title);
    }
}
