namespace TauPipeline.Codecs;

/// <summary>Zstandard frames by libzstd.</summary>
internal static unsafe class Zstd
{
    private static readonly NativeContexts Decoders = new(NativeCodecs.ZSTD_createDCtx), Encoders = new(NativeCodecs.ZSTD_createCCtx);

    public static bool Decompress(ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        nuint written;
        nint context = Decoders.Take();
        fixed (byte* from = source, to = target) written = NativeCodecs.ZSTD_decompressDCtx(context, to, (nuint)target.Length, from, (nuint)source.Length);
        Decoders.Return(context);
        fault = NativeCodecs.ZSTD_isError(written) != 0 ? "a broken or longer zstd frame"
            : written < (nuint)target.Length ? $"only {written} of {target.Length} bytes" : "";
        return fault.Length == 0;
    }

    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target, int level)
    {
        nuint written;
        nint context = Encoders.Take();
        fixed (byte* from = source, to = target) written = NativeCodecs.ZSTD_compressCCtx(context, to, (nuint)target.Length, from, (nuint)source.Length, level);
        Encoders.Return(context);
        return NativeCodecs.ZSTD_isError(written) != 0 ? 0 : (int)written;
    }
}
