using System.IO.Compression;

namespace TauPipeline.Codecs;

/// <summary>Deflate as it is (RFC 1951), without header or checksum: only its own structure and its length tell whether it is whole.</summary>
internal static unsafe class Deflate
{
    public static bool Decompress(ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        fixed (byte* bytes = source)
        {
            using var stored = new UnmanagedMemoryStream(bytes, source.Length);
            using var inflated = new DeflateStream(stored, CompressionMode.Decompress);
            try
            {
                int read = inflated.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
                int beyond = read == target.Length ? inflated.ReadByte() : -1;
                fault = beyond >= 0 ? $"more than {target.Length} bytes" : read < target.Length ? $"only {read} of {target.Length} bytes" : "";
            }
            catch (InvalidDataException damaged) { fault = damaged.Message; }
        }
        return fault.Length == 0;
    }
}
