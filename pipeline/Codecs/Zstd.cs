namespace TauPipeline.Codecs;

/// <summary>Zstandard frames by libzstd.</summary>
internal static unsafe class Zstd
{
    public static bool Decompress(ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        nuint written;
        fixed (byte* from = source, to = target) written = NativeCodecs.ZSTD_decompress(to, (nuint)target.Length, from, (nuint)source.Length);
        fault = NativeCodecs.ZSTD_isError(written) != 0 ? "a broken or longer zstd frame"
            : written < (nuint)target.Length ? $"only {written} of {target.Length} bytes" : "";
        return fault.Length == 0;
    }

    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target, int level)
    {
        nuint written;
        fixed (byte* from = source, to = target) written = NativeCodecs.ZSTD_compress(to, (nuint)target.Length, from, (nuint)source.Length, level);
        return NativeCodecs.ZSTD_isError(written) != 0 ? 0 : (int)written;
    }
}
