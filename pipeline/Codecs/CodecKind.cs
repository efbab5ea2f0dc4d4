namespace TauPipeline.Codecs;

/// <summary>A way of compressing bytes.</summary>
public enum CodecKind
{
    /// <summary>Bytes as they are.</summary>
    None,
    /// <summary>Deflate with the zlib header and its Adler-32 (RFC 1950).</summary>
    Zlib,
    /// <summary>Deflate alone (RFC 1951), read but not written.</summary>
    Deflate,
    /// <summary>LZMA2 in an .xz container.</summary>
    Lzma,
    /// <summary>A raw LZ4 block, without a frame.</summary>
    Lz4,
    /// <summary>One Zstandard frame (RFC 8878).</summary>
    Zstd,
}
