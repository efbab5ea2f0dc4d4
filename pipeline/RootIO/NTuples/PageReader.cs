using System.Buffers.Binary;
using System.IO.Hashing;

namespace TauPipeline.RootIO;

/// <summary>Reads single pages of a file: verifies their checksums and unpacks them.</summary>
internal sealed class PageReader(FileBytes file, string path)
{
    private const int ChecksumBytes = 8;

    // ROOT makes pages of at most a MiB unless told otherwise; nothing much larger is asked of memory on a file's word.
    private const long Largest = 128L << 20;
    private byte[] _stored = [], _bytes = [];

    public Place At(NTuplePage page) => new(file.Path, page.Locator.Offset, path);

    /// <summary>The unpacked bytes of a page, valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(NTuplePage page, NTupleColumnRecord column)
    {
        Place place = At(page);
        long unpacked = PageDecoder.Bytes(column, page.Elements), bytes = page.Locator.Bytes;
        if (bytes > unpacked || unpacked > Largest)
            throw RootErrors.Damaged(place, "a page", $"at most {Math.Min(unpacked, Largest)} bytes", $"{bytes}, unpacked {unpacked}");
        int whole = (int)bytes + (page.HasChecksum ? ChecksumBytes : 0);
        file.Require(page.Locator.Offset, whole, place);
        if (_stored.Length < whole) _stored = GC.AllocateUninitializedArray<byte>(whole);
        Span<byte> stored = _stored.AsSpan(0, whole);
        file.Read(page.Locator.Offset, stored, place);
        ReadOnlySpan<byte> data = stored[..(int)bytes];
        if (page.HasChecksum && XxHash3.HashToUInt64(data) != BinaryPrimitives.ReadUInt64LittleEndian(stored[(int)bytes..]))
            throw NTupleErrors.Checksum(place, "a page");
        if (bytes == unpacked) return data;
        CompressedBlocks.Check(data, (int)unpacked, place);
        if (_bytes.Length < unpacked) _bytes = GC.AllocateUninitializedArray<byte>((int)unpacked);
        Span<byte> target = _bytes.AsSpan(0, (int)unpacked);
        CompressedBlocks.Decode(data, target, place);
        return target;
    }
}
