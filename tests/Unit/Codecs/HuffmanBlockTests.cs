using System.IO.Compression;
using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Codecs;

public sealed class HuffmanBlockTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Blocks_of_any_bytes_are_inflated_by_others(bool hasRuns)
    {
        var stream = new MemoryStream();
        var all = new List<byte>();
        foreach (byte[] bytes in Samples())
        {
            byte[] target = new byte[HuffmanBlock.Most(bytes.Length)];
            int length = HuffmanBlock.Write(bytes, hasRuns, target);
            if (length == 0) continue;
            stream.Write(target, 0, length);
            all.AddRange(bytes);
        }
        stream.Write([1, 0, 0, 0xff, 0xff]); // the last block, stored and empty
        stream.Position = 0;

        using var inflate = new DeflateStream(stream, CompressionMode.Decompress);
        var back = new MemoryStream();
        inflate.CopyTo(back);

        all.Count.ShouldBeGreaterThan(100_000);
        back.ToArray().ShouldBe(all);
    }

    // 0, 1, 2, 3 with 1/2, 1/4, 1/8, 1/8 and the end of the block have codes of 1, 2, 3, 4, 4 bits: 1.875 bits a byte.
    [Fact]
    public void A_code_is_as_short_as_Huffman_s()
    {
        byte[] bytes = [.. Enumerable.Range(0, 16_000).Select(i => (byte)(i % 8 < 4 ? 0 : i % 8 < 6 ? 1 : i % 8 < 7 ? 2 : 3))];

        int length = HuffmanBlock.Write(bytes, hasRuns: false, new byte[HuffmanBlock.Most(bytes.Length)]);

        length.ShouldBeInRange(16_000 * 15 / 64, 16_000 * 15 / 64 + 60);
    }

    // 64 runs of 258 at two bits, and a head of some twenty bytes.
    [Fact]
    public void A_plane_of_one_byte_is_next_to_nothing()
    {
        byte[] bytes = new byte[16_384];
        Array.Fill(bytes, (byte)0x3f);

        HuffmanBlock.Write(bytes, hasRuns: true, new byte[HuffmanBlock.Most(bytes.Length)]).ShouldBeInRange(20, 60);
    }

    [Fact]
    public void What_does_not_get_shorter_is_not_coded()
    {
        var random = new CounterRandom(1, 2);
        byte[] noise = [.. Enumerable.Range(0, 4096).Select(_ => (byte)random.NextInt(256))];

        HuffmanBlock.Write(noise, hasRuns: false, new byte[HuffmanBlock.Most(noise.Length)]).ShouldBe(0);
        HuffmanBlock.Write([1, 1, 1], hasRuns: true, new byte[HuffmanBlock.Most(3)]).ShouldBe(0);
    }

    private static IEnumerable<byte[]> Samples()
    {
        var random = new CounterRandom(3, 4);
        // Every length of run, and runs of every length behind each other.
        yield return [.. Enumerable.Range(1, 600).SelectMany(run => Enumerable.Repeat((byte)(run % 3), run))];
        yield return [.. Enumerable.Repeat((byte)9, 100_000)];
        // Counts that grow as Fibonacci's numbers: the deepest tree there is, deeper than the 15 bits of a code.
        (int One, int Two) fibonacci = (1, 1);
        var deep = new List<byte>();
        for (byte value = 0; value < 22; value++)
        {
            deep.AddRange(Enumerable.Repeat(value, fibonacci.One));
            fibonacci = (fibonacci.Two, fibonacci.One + fibonacci.Two);
        }
        byte[] mixed = [.. deep.OrderBy(_ => random.NextUInt64())];
        yield return mixed;
        foreach (int kinds in new[] { 1, 2, 5, 40, 200 })
            foreach (int length in new[] { 300, 301, 302, 5000 })
                yield return [.. Enumerable.Range(0, length).Select(_ => (byte)(random.NextInt(kinds) * random.NextInt(2)))];
    }
}
