using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TauPipeline.Foundation;

/// <summary>A sha256, the identity of a content; written as 64 lower-case hexadecimal digits.</summary>
public readonly record struct ContentHash(ulong A, ulong B, ulong C, ulong D) : IComparable<ContentHash>
{
    /// <summary>Digits of its text.</summary>
    public const int HexDigits = 64;

    private const int BlockSize = 1 << 20, SmallestBlock = 4096;

    /// <summary>The hash of some bytes.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(bytes, digest);
        return From(digest);
    }

    /// <summary>The hash of a text, as UTF-8.</summary>
    public static ContentHash Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The hash of a file's bytes.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ContentHash OfFile(string path, CancellationToken cancellation = default)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] block = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(RandomAccess.GetLength(file), SmallestBlock, BlockSize));
        try
        {
            int read = RandomAccess.Read(file, block, 0);
            if (read < block.Length && RandomAccess.Read(file, block.AsSpan(read), read) == 0) return Of(block.AsSpan(0, read));
            return OfLarge(file, block, cancellation);
        }
        finally { ArrayPool<byte>.Shared.Return(block); }
    }

    private static ContentHash OfLarge(SafeFileHandle file, byte[] block, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int read;
        for (long at = 0; (read = RandomAccess.Read(file, block, at)) > 0; at += read)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, read);
        }
        return From(hash);
    }

    /// <summary>The finished state of an incremental sha256; resets it.</summary>
    public static ContentHash From(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return From(digest);
    }

    /// <summary>A hash from its 32 bytes.</summary>
    public static ContentHash From(ReadOnlySpan<byte> digest) => new(
        BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(digest[16..]), BinaryPrimitives.ReadUInt64BigEndian(digest[24..]));

    /// <summary>The 32 bytes of this hash.</summary>
    public void WriteTo(Span<byte> digest)
    {
        BinaryPrimitives.WriteUInt64BigEndian(digest, A);
        BinaryPrimitives.WriteUInt64BigEndian(digest[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(digest[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(digest[24..], D);
    }

    /// <summary>
    /// Its <see cref="HexDigits"/> digits as ASCII. For graphs of ten thousands of steps: .NET's own is compiled anew in every process.
    /// </summary>
    public void WriteHex(Span<byte> digits)
    {
        WriteHex(A, digits);
        WriteHex(B, digits[16..]);
        WriteHex(C, digits[32..]);
        WriteHex(D, digits[48..]);
    }

    private static void WriteHex(ulong value, Span<byte> digits)
    {
        ReadOnlySpan<byte> names = "0123456789abcdef"u8;
        for (int i = 15; i >= 0; i--, value >>= 4) digits[i] = names[(int)(value & 15)];
    }

    /// <summary>Reads 64 hexadecimal digits, with or without <c>sha256:</c> in front.</summary>
    public static bool TryParse(string text, out ContentHash hash)
    {
        string digits = text.StartsWith("sha256:", StringComparison.Ordinal) ? text[7..] : text;
        hash = default;
        if (digits.Length != 64 || !digits.All(char.IsAsciiHexDigit)) return false;
        hash = From(Convert.FromHexString(digits));
        return true;
    }

    /// <summary>The first twelve digits: enough to tell contents apart in a message.</summary>
    public string Short => ToString()[..12];

    /// <inheritdoc/>
    public int CompareTo(ContentHash other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> digest = stackalloc byte[32];
        WriteTo(digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>Order of the hexadecimal texts.</summary>
    public static bool operator <(ContentHash left, ContentHash right) => left.CompareTo(right) < 0;
    /// <summary>Order of the hexadecimal texts.</summary>
    public static bool operator >(ContentHash left, ContentHash right) => left.CompareTo(right) > 0;
    /// <summary>Order of the hexadecimal texts.</summary>
    public static bool operator <=(ContentHash left, ContentHash right) => left.CompareTo(right) <= 0;
    /// <summary>Order of the hexadecimal texts.</summary>
    public static bool operator >=(ContentHash left, ContentHash right) => left.CompareTo(right) >= 0;
}
