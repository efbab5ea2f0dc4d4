using System.IO.Compression;

namespace TauPipeline.Codecs;

/// <summary>
/// Deflate as it is (RFC 1951), without header or checksum: only its own structure and its length tell whether it is whole.
/// </summary>
internal static class Deflate
{
    public static bool Decompress(ReadOnlySpan<byte> source, Span<byte> target, out string fault) =>
        Inflation.Fill(source, target, stored => new DeflateStream(stored, CompressionMode.Decompress), out fault);
}
