using K4os.Compression.LZ4;

namespace TauPipeline.Codecs;

/// <summary>Raw LZ4 blocks, in managed code: the same bytes as liblz4 1.9, on every machine.</summary>
internal static class Lz4
{
    // Levels above this one use the slow, denser search, as in ROOT.
    private const int FastestDense = 4, Densest = (int)LZ4Level.L12_MAX;

    public static bool Decompress(ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        int written = LZ4Codec.Decode(source, target);
        fault = written < 0 ? "a broken LZ4 block" : written < target.Length ? $"only {written} of {target.Length} bytes" : "";
        return fault.Length == 0;
    }

    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target, int level) =>
        Math.Max(0, LZ4Codec.Encode(source, target, level < FastestDense ? LZ4Level.L00_FAST : (LZ4Level)Math.Min(level, Densest)));
}
