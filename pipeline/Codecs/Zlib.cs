using System.IO.Compression;

namespace TauPipeline.Codecs;

/// <summary>
/// Deflate with header and Adler-32 (RFC 1950): packed by the framework, so that bytes do not depend on the machine; unpacked by
/// libdeflate where it is installed (it is about twice as fast), else by the framework too.
/// </summary>
internal static unsafe class Zlib
{
    // Header 2, an empty deflate block 2, Adler-32 4.
    private const int SmallestStream = 8;
    private static readonly NativeContexts Decoders = new(NativeCodecs.libdeflate_alloc_decompressor);

    public static bool Decompress(ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        if (source.Length < SmallestStream)
        {
            fault = $"a zlib stream of {source.Length} bytes";
            return false;
        }
        if (!NativeCodecs.HasDeflate) return ByTheFramework(source, target, out fault);
        nuint read, written;
        int outcome;
        nint context = Decoders.Take();
        fixed (byte* from = source, to = target)
            outcome = NativeCodecs.libdeflate_zlib_decompress_ex(
                context,
                from,
                (nuint)source.Length,
                to,
                (nuint)target.Length,
                &read,
                &written);
        Decoders.Return(context);
        fault = outcome switch
        {
            0 when written < (nuint)target.Length => $"only {written} of {target.Length} bytes",
            0 when read < (nuint)source.Length => $"{(nuint)source.Length - read} bytes after its end",
            0 => "",
            3 => $"more than {target.Length} bytes",
            _ => "damaged deflate data, or its Adler-32 does not match",
        };
        return fault.Length == 0;
    }

    /// <summary>The same without libdeflate.</summary>
    internal static bool ByTheFramework(ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        bool isFilled = Inflation.Fill(source, target, stored => new ZLibStream(stored, CompressionMode.Decompress), out fault);
        if (isFilled && Adler32.Of(target) != Adler32.Trailer(source)) fault = "its Adler-32 does not match";
        return fault.Length == 0;
    }

    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target, int level)
    {
        fixed (byte* bytes = target)
        {
            using var stored = new UnmanagedMemoryStream(bytes, 0, target.Length, FileAccess.Write);
            try
            {
                using (var deflated = new ZLibStream(stored, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true))
                    deflated.Write(source);
                return (int)stored.Position;
            }
            catch (NotSupportedException) { return 0; } // the target is full
        }
    }
}
