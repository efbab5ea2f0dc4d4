using TauPipeline.Foundation;

namespace TauPipeline.Codecs;

/// <summary>Compresses and decompresses a block of bytes of known size.</summary>
public static class Codec
{
    /// <summary>Fills <paramref name="target"/> exactly from one whole compressed block.</summary>
    /// <returns>False if the block is damaged or of another size; <paramref name="fault"/> then says which.</returns>
    /// <exception cref="StepFailed">The codec's library is missing.</exception>
    public static bool Decompress(CodecKind kind, ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        switch (kind)
        {
            case CodecKind.Zlib: return Zlib.Decompress(source, target, out fault);
            case CodecKind.Deflate: return Deflate.Decompress(source, target, out fault);
            case CodecKind.Lzma: return Lzma.Decompress(source, target, out fault);
            case CodecKind.Lz4: return Lz4.Decompress(source, target, out fault);
            case CodecKind.Zstd: return Zstd.Decompress(source, target, out fault);
            default:
                fault = source.Length == target.Length ? "" : $"{source.Length} stored bytes for {target.Length}";
                return source.TryCopyTo(target) && fault.Length == 0;
        }
    }

    /// <summary>Compresses <paramref name="source"/> into <paramref name="target"/> at a level of that codec's own scale.</summary>
    /// <returns>The number of bytes written, or 0 if they do not fit: compression that does not make smaller is of no use.</returns>
    /// <exception cref="StepFailed">The codec's library is missing.</exception>
    public static int Compress(CodecKind kind, ReadOnlySpan<byte> source, Span<byte> target, int level) => kind switch
    {
        CodecKind.Zlib => Zlib.Compress(source, target, level),
        CodecKind.Lz4 => Lz4.Compress(source, target, level),
        CodecKind.Zstd => Zstd.Compress(source, target, level),
        CodecKind.Lzma => Lzma.Compress(source, target, level),
        _ => throw new Defect($"nothing here is written as {kind}"),
    };
}
