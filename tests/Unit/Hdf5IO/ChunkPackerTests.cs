using System.IO.Compression;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;
using Xunit;

namespace TauPipeline.Tests.Unit.Hdf5IO;

public sealed class ChunkPackerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5543)]
    [InlineData(65536)]
    [InlineData(300_001)]
    public void Any_mixture_of_noise_runs_and_text_is_one_zlib_stream(int length)
    {
        var random = new CounterRandom(3, 4);
        foreach (int part in new[] { 1, 64, 4096 })
        {
            byte[] chunk = new byte[length];
            for (int i = 0; i < length; i++)
                chunk[i] = (byte)(
                    (i / part % 3) switch
                    {
                        0 => random.NextInt(256),
                        1 => 7,
                        _ => random.NextInt(9),
                    });
            using var packer = new ChunkPacker();

            byte[] packed = packer.Pack(chunk, 1).ToArray();

            Inflated(packed).ShouldBe(chunk);
            packed.Length.ShouldBeLessThanOrEqualTo(length + 5 * (length / 65535 + 2) + 16);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Unpacking_gives_the_chunk_back(int size)
    {
        byte[] chunk = [.. Enumerable.Range(0, 4800).Select(i => (byte)(i % size == 0 ? i * 37 : i / 256))];
        using var packer = new ChunkPacker();
        byte[] back = new byte[chunk.Length];

        byte[] packed = packer.Pack(chunk, size).ToArray();
        Hdf5Filter[] filters =
            size == 1
                ? [new(Hdf5Filter.Deflate, "deflate", [1])]
                : [new(Hdf5Filter.Shuffle, "shuffle", [(uint)size]), new(Hdf5Filter.Deflate, "deflate", [1])];
        new ChunkUnpacker(filters).Unpack(packed, back);

        back.ShouldBe(chunk);
    }

    private static byte[] Inflated(byte[] packed)
    {
        using var inflate = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        inflate.CopyTo(bytes);
        return bytes.ToArray();
    }
}
