using System.Text;
using Shouldly;
using TauPipeline.Codecs;
using Xunit;

namespace TauPipeline.Tests.Unit.Codecs;

public sealed class CodecTests
{
    // "tau tau tau tau tau" as Python's zlib and lzma modules compress it.
    private static readonly byte[] Plain = Encoding.ASCII.GetBytes("tau tau tau tau tau");
    private const string ZlibBytes = "789c2b492c552841c500458206f3";
    private const int HeaderBytes = 2;
    private const string XzBytes =
        "fd377a585a000004e6d6b4460200210116000000742fe5a3e00012000a5d003a184b0c2c69c0b40000000000dc96da37082710bc00012613d177e6671fb6f37d010000000004595a";

    [Theory]
    [InlineData(CodecKind.Zlib, ZlibBytes)]
    [InlineData(CodecKind.Lzma, XzBytes)]
    public void Bytes_of_another_compressor_unpack_exactly(CodecKind kind, string stored)
    {
        byte[] target = new byte[Plain.Length];

        Codec.Decompress(kind, Convert.FromHexString(stored), target, out string fault).ShouldBeTrue(fault);

        target.ShouldBe(Plain);
    }

    [Theory]
    [InlineData(CodecKind.Zlib)]
    [InlineData(CodecKind.Lz4)]
    [InlineData(CodecKind.Zstd)]
    [InlineData(CodecKind.Lzma)]
    public void What_is_compressed_unpacks_and_only_to_its_own_size(CodecKind kind)
    {
        byte[] source = [.. Enumerable.Range(0, 50_000).Select(i => (byte)(i * i >> 7))],
            stored = new byte[source.Length],
            target = new byte[source.Length];

        for (int level = 1; level <= 9; level += 4)
        {
            int bytes = Codec.Compress(kind, source, stored, level);

            bytes.ShouldBeInRange(1, source.Length - 1);
            Codec.Decompress(kind, stored.AsSpan(0, bytes), target, out _).ShouldBeTrue();
            target.ShouldBe(source);
            Codec.Decompress(kind, stored.AsSpan(0, bytes), new byte[source.Length - 1], out string shorter).ShouldBeFalse();
            Codec.Decompress(kind, stored.AsSpan(0, bytes), new byte[source.Length + 1], out string longer).ShouldBeFalse();
            Codec.Decompress(kind, stored.AsSpan(0, bytes / 2), target, out string half).ShouldBeFalse();
            new[] { shorter, longer, half }.ShouldAllBe(fault => fault.Length > 0);
        }
    }

    [Theory]
    [InlineData(CodecKind.Zlib)]
    [InlineData(CodecKind.Lz4)]
    [InlineData(CodecKind.Zstd)]
    [InlineData(CodecKind.Lzma)]
    public void Compression_that_does_not_fit_the_target_gives_nothing(CodecKind kind)
    {
        byte[] noise = System.Security.Cryptography.SHA512.HashData(Plain);

        Codec.Compress(kind, noise, new byte[noise.Length - 8], 1).ShouldBe(0);
    }

    [Theory]
    [InlineData(ZlibBytes, CodecKind.Zlib)]
    [InlineData(XzBytes, CodecKind.Lzma)]
    public void No_changed_byte_is_taken_for_the_original(string stored, CodecKind kind)
    {
        for (int i = 0; i < stored.Length / 2; i++)
        {
            byte[] changed = Convert.FromHexString(stored), target = new byte[Plain.Length];
            changed[i] ^= 0x10;

            if (Codec.Decompress(kind, changed, target, out _)) target.ShouldBe(Plain, $"byte {i}");
        }
    }

    // A zlib stream is a deflate stream between two bytes of header and four of checksum (RFC 1950).
    [Fact]
    public void Deflate_alone_unpacks_and_only_to_its_own_size()
    {
        byte[] stored = Convert.FromHexString(ZlibBytes)[HeaderBytes..^4], target = new byte[Plain.Length];

        Codec.Decompress(CodecKind.Deflate, stored, target, out string fault).ShouldBeTrue(fault);
        target.ShouldBe(Plain);
        Codec.Decompress(CodecKind.Deflate, stored, new byte[Plain.Length - 1], out string shorter).ShouldBeFalse();
        Codec.Decompress(CodecKind.Deflate, stored, new byte[Plain.Length + 1], out string longer).ShouldBeFalse();
        Codec.Decompress(CodecKind.Deflate, [0xFF, .. stored[1..]], target, out string damaged).ShouldBeFalse();
        new[] { shorter, longer, damaged }.ShouldAllBe(text => text.Length > 0);
    }

    [DeflateFact]
    public void Zlib_unpacks_the_same_with_and_without_libdeflate()
    {
        byte[] stored = Convert.FromHexString(ZlibBytes);
        for (int i = -1; i < stored.Length; i++)
        {
            byte[] changed = [.. stored], one = new byte[Plain.Length], other = new byte[Plain.Length];
            if (i >= 0) changed[i] ^= 0x04;

            bool fast = Zlib.Decompress(changed, one, out _), slow = Zlib.ByTheFramework(changed, other, out _);

            // The header's two bytes: a changed window size is harmless, and only libdeflate minds it not. Beyond, Adler-32 finds all.
            if (i < 0) (fast, slow).ShouldBe((true, true));
            else if (i >= HeaderBytes) (fast, slow).ShouldBe((false, false), $"byte {i}");
            if (slow) fast.ShouldBeTrue($"byte {i}");
            if (fast) one.ShouldBe(Plain, $"byte {i}");
            if (slow) other.ShouldBe(Plain, $"byte {i}");
        }
    }

    [Fact]
    public void Bytes_after_the_end_of_a_zlib_stream_are_refused()
    {
        Zlib.Decompress([.. Convert.FromHexString(ZlibBytes), 0], new byte[Plain.Length], out string fault).ShouldBeFalse();
        fault.ShouldNotBeEmpty();
    }

    // The well-known value of this word; over all overflow blocks it is compared where ChunkPackerTests inflate streams that end with it.
    [Fact]
    public void Adler32_is_that_of_RFC_1950()
    {
        Adler32.Of("Wikipedia"u8).ShouldBe(0x11E60398u);
        Adler32.Of([]).ShouldBe(1u);
    }
}

/// <summary>A fact about libdeflate: skipped, and counted as such, where it is not installed.</summary>
internal sealed class DeflateFactAttribute : FactAttribute
{
    public DeflateFactAttribute()
    {
        if (!NativeCodecs.HasDeflate) Skip = "needs libdeflate (apt-get install libdeflate0)";
    }
}
