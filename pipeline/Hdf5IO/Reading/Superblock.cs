using System.Buffers.Binary;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// The start of a file (HDF5 File Format 3.0, II.A): where it is, and where it says that the file ends, for PureHDF does not look.
/// </summary>
internal static class Superblock
{
    private const int FirstUserBlock = 512, LongestHead = 56;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>Where the signature stands: at the start, or behind a user block of 512 bytes, 1024, 2048...; -1 if nowhere.</summary>
    public static long Find(Stream file)
    {
        Span<byte> head = stackalloc byte[Signature.Length];
        for (long at = 0; at + head.Length <= file.Length; at = Math.Max(FirstUserBlock, 2 * at))
        {
            file.Position = at;
            file.ReadExactly(head);
            if (head.SequenceEqual(Signature)) return at;
        }
        return -1;
    }

    /// <summary>Why a file cannot be read as HDF5, or <see langword="null"/>.</summary>
    public static string? Fault(Stream file)
    {
        long at = Find(file);
        if (at < 0) return "it does not begin with HDF5's signature";
        byte[] head = new byte[LongestHead];
        file.Position = at;
        int read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        // Version, and where the size of an address and the address of the end stand; versions 0 and 1 have more before it.
        (int size, int end) = head[8] switch { 0 => (13, 40), 1 => (13, 44), 2 or 3 => (9, 28), _ => (-1, 0) };
        if (size < 0) return $"a superblock of version {head[8]}";
        if (read < end + 8 || head[size] != 8) return read < end + 8 ? "it ends in its superblock" : $"addresses of {head[size]} bytes";
        long stated = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(end));
        return stated < 0 || stated > file.Length ? $"it is cut short: {file.Length} bytes, and should have {stated}" : null;
    }
}
