using System.Security.Cryptography;
using System.Text;
using Shouldly;
using TauPipeline.Codecs;
using Xunit;

namespace TauPipeline.Tests.Unit.Codecs;

/// <summary>The managed LZ4 gives liblz4's bytes and takes them; the values are those of liblz4 1.9.4, called from Python.</summary>
public sealed class Lz4Tests
{
    private const string Block = "4f7461752004000b507520746175";
    private static readonly byte[] Plain = Encoding.ASCII.GetBytes("tau tau tau tau tau tau tau tau tau tau");

    [Theory]
    [InlineData(1, 16573, "ce4161952b7c24b7e94691b46432cb0ab096f59f486013733bae3f70ca56d772")]
    [InlineData(3, 16573, "ce4161952b7c24b7e94691b46432cb0ab096f59f486013733bae3f70ca56d772")]
    [InlineData(4, 16365, "84cd4a2582ed684f60e39c0e2cb08ba39a09b295f0a315ff32d81d368bf3840f")]
    [InlineData(9, 16365, "eada3d1b75a35eaad4e80059c244441b89d3c418200821ae5cfe8bf88ce97df9")]
    [InlineData(10, 16365, "9c91435690e557751aa8e715a847b287b0c7eb948d79cf8ce96ffa0fc154bd5d")]
    [InlineData(12, 16365, "823a4faddbfe264bbf8b895938077611866932213f5c0d5a96382526f0528f38")]
    public void Every_level_packs_to_the_bytes_of_the_reference(int level, int bytes, string sha256)
    {
        byte[] source = [.. Enumerable.Range(0, 50_000).Select(i => (byte)((long)i * i >> 7))], stored = new byte[source.Length];

        Codec.Compress(CodecKind.Lz4, source, stored, level).ShouldBe(bytes);

        Convert.ToHexStringLower(SHA256.HashData(stored.AsSpan(0, bytes))).ShouldBe(sha256);
    }

    [Fact]
    public void A_block_of_the_reference_unpacks()
    {
        var target = new byte[Plain.Length];

        Codec.Decompress(CodecKind.Lz4, Convert.FromHexString(Block), target, out string fault).ShouldBeTrue(fault);

        target.ShouldBe(Plain);
    }

    // Without a checksum of its own a changed block may unpack to something else; it never reaches beyond its target.
    [Fact]
    public void No_damaged_block_writes_beyond_its_target()
    {
        const byte Untouched = 0xA5;
        for (int i = 0; i < Block.Length / 2; i++)
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = Convert.FromHexString(Block), around = [.. Enumerable.Repeat(Untouched, 3 * Plain.Length)];
                changed[i] ^= (byte)(1 << bit);

                bool isWhole = Codec.Decompress(CodecKind.Lz4, changed, around.AsSpan(Plain.Length, Plain.Length), out string fault);

                isWhole.ShouldBe(fault.Length == 0);
                around[..Plain.Length].Concat(around[(2 * Plain.Length)..]).ShouldAllBe(one => one == Untouched);
            }
    }
}
