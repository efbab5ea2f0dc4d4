using ZstdSharp;

namespace TauPipeline.Codecs;

/// <summary>
/// Zstandard frames by libzstd. Where it is missing they are unpacked in managed code, slower; nothing is packed then, for the bytes
/// would be others.
/// </summary>
internal static unsafe class Zstd
{
    private const string Broken = "a broken or longer zstd frame";

    private static readonly NativeContexts Decoders = new(NativeCodecs.ZSTD_createDCtx), Encoders = new(NativeCodecs.ZSTD_createCCtx);

    public static bool Decompress(ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        if (!NativeCodecs.HasZstd) return WithoutTheLibrary(source, target, out fault);
        nuint written;
        nint context = Decoders.Take();
        fixed (
            byte* from = source,
                to = target)
            written = NativeCodecs.ZSTD_decompressDCtx(context, to, (nuint)target.Length, from, (nuint)source.Length);
        Decoders.Return(context);
        fault =
            NativeCodecs.ZSTD_isError(written) != 0 ? Broken
            : written < (nuint)target.Length ? $"only {written} of {target.Length} bytes"
            : "";
        return fault.Length == 0;
    }

    /// <summary>The same without libzstd.</summary>
    internal static bool WithoutTheLibrary(ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        using var decoder = new Decompressor();
        try
        {
            int written = decoder.Unwrap(source, target);
            fault = written < target.Length ? $"only {written} of {target.Length} bytes" : "";
        }
        catch (ZstdException) { fault = Broken; }
        return fault.Length == 0;
    }

    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target, int level)
    {
        nuint written;
        nint context = Encoders.Take();
        fixed (
            byte* from = source,
                to = target)
            written = NativeCodecs.ZSTD_compressCCtx(context, to, (nuint)target.Length, from, (nuint)source.Length, level);
        Encoders.Return(context);
        return NativeCodecs.ZSTD_isError(written) != 0 ? 0 : (int)written;
    }
}
