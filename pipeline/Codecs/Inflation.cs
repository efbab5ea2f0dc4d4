namespace TauPipeline.Codecs;

/// <summary>Unpacks by a stream of the framework's.</summary>
internal static unsafe class Inflation
{
    /// <summary>Fills the target exactly with what comes out, or says why that cannot be.</summary>
    public static bool Fill(ReadOnlySpan<byte> source, Span<byte> target, Func<Stream, Stream> unpacked, out string fault)
    {
        fixed (byte* bytes = source)
        {
            using var stored = new UnmanagedMemoryStream(bytes, source.Length);
            using Stream inflated = unpacked(stored);
            try
            {
                int read = inflated.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
                // A trailer is read, and its checksum compared, only when one asks beyond the last byte.
                int beyond = read == target.Length ? inflated.ReadByte() : -1;
                fault =
                    beyond >= 0 ? $"more than {target.Length} bytes"
                    : read < target.Length ? $"only {read} of {target.Length} bytes"
                    : "";
            }
            catch (InvalidDataException damaged) { fault = damaged.Message; }
        }
        return fault.Length == 0;
    }
}
