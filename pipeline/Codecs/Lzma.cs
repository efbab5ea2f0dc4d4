namespace TauPipeline.Codecs;

/// <summary>LZMA2 in .xz containers by liblzma; reading only.</summary>
internal static unsafe class Lzma
{
    // The largest preset (9) needs 65 MiB to decode; a header that asks for more is not trusted.
    private const ulong MemoryLimit = 96UL << 20;
    private const int Ok = 0;

    public static bool Decompress(ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        ulong limit = MemoryLimit;
        nuint read = 0, written = 0;
        int outcome;
        fixed (byte* from = source, to = target)
            outcome = NativeCodecs.lzma_stream_buffer_decode(&limit, 0, null, from, &read, (nuint)source.Length, to, &written, (nuint)target.Length);
        fault = outcome switch
        {
            Ok when written == (nuint)target.Length => "",
            Ok => $"only {written} of {target.Length} bytes",
            6 => "a dictionary larger than any preset's",
            9 => "damaged LZMA data, or a CRC that does not match",
            10 => "LZMA data that end too early, or unpack to more than announced",
            _ => $"no readable .xz stream (liblzma answers {outcome})",
        };
        return fault.Length == 0;
    }
}
