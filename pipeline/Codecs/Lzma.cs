namespace TauPipeline.Codecs;

/// <summary>LZMA2 in .xz containers by liblzma.</summary>
internal static unsafe class Lzma
{
    // The largest preset (9) needs 65 MiB to decode; a header that asks for more is not trusted.
    private const ulong MemoryLimit = 96UL << 20;
    private const int Ok = 0, AtEnd = 1, Finish = 3;

    // lzma/container.h and lzma/lzma12.h of liblzma 5: a filter is an id and a pointer to options, whose first member is the dictionary's
    // size.
    private const ulong Lzma2 = 0x21, NoMoreFilters = ulong.MaxValue;
    private const int OptionsBytes = 256, Crc32 = 1;
    private const uint SmallestDictionary = 4096;

    public static bool Decompress(ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        ulong limit = MemoryLimit;
        nuint read = 0, written = 0;
        int outcome;
        fixed (byte* from = source, to = target)
            outcome = NativeCodecs.lzma_stream_buffer_decode(
                &limit,
                0,
                null,
                from,
                &read,
                (nuint)source.Length,
                to,
                &written,
                (nuint)target.Length);
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

    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target, int level)
    {
        byte* options = stackalloc byte[OptionsBytes];
        if (NativeCodecs.lzma_lzma_preset(options, (uint)level) != 0) return 0;
        // A dictionary beyond the block is memory for nothing, here and in every reader.
        *(uint*)options = Math.Min(*(uint*)options, Math.Max(SmallestDictionary, (uint)source.Length));
        ulong* filters = stackalloc ulong[] { Lzma2, (ulong)options, NoMoreFilters, 0 };
        fixed (byte* from = source, to = target)
        {
            // As a stream, as ROOT does: then the block's head has no sizes, and JSROOT knows how long it is.
            var stream = new NativeCodecs.LzmaStream
            {
                NextIn = from,
                LeftIn = (nuint)source.Length,
                NextOut = to,
                LeftOut = (nuint)target.Length,
            };
            int outcome = NativeCodecs.lzma_stream_encoder(&stream, filters, Crc32);
            if (outcome == Ok) outcome = NativeCodecs.lzma_code(&stream, Finish);
            NativeCodecs.lzma_end(&stream);
            return outcome == AtEnd ? (int)stream.TotalOut : 0;
        }
    }
}
