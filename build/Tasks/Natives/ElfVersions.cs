using System.Buffers.Binary;
using System.Text;

namespace TauPipeline.Tasks;

/// <summary>A version of another library's symbols that a library asks for.</summary>
/// <param name="Library">The other library: <c>libstdc++.so.6</c>.</param>
/// <param name="Name">The version: <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="IsWeak">Whether the loader goes on without it.</param>
/// <param name="FlagsAt">Where in the file its flags stand.</param>
internal sealed record NeededVersion(string Library, string Name, bool IsWeak, long FlagsAt);

/// <summary>
/// The symbol versions of a shared library: what it asks of others and what it offers. From the sections <c>.gnu.version_r</c> and
/// <c>.gnu.version_d</c> of ELF, 64 bits, little-endian (Linux Standard Base, symbol versioning).
/// </summary>
internal sealed class ElfVersions
{
    private const uint Defines = 0x6ffffffd, Needs = 0x6ffffffe;
    private const ushort Weak = 2;

    private ElfVersions(IReadOnlyList<NeededVersion> needed, IReadOnlyList<string> defined) => (Needed, Defined) = (needed, defined);

    /// <summary>The versions that it asks for.</summary>
    public IReadOnlyList<NeededVersion> Needed { get; }

    /// <summary>The versions that it has.</summary>
    public IReadOnlyList<string> Defined { get; }

    /// <summary>Reads headers and tables only: a library may be half a gigabyte.</summary>
    /// <exception cref="InvalidDataException">It is not such a library.</exception>
    public static ElfVersions Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        try { return Read(file); }
        catch (Exception cause) when (cause is EndOfStreamException or ArgumentException or IOException)
        {
            throw new InvalidDataException($"{path} is not a shared library of 64 bits: {cause.Message}", cause);
        }
    }

    /// <summary>Lets the loader go on without a version.</summary>
    public static void Weaken(string path, NeededVersion version)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        byte[] flags = Bytes(file, version.FlagsAt, sizeof(ushort));
        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(UInt16(flags, 0) | Weak));
        file.Position = version.FlagsAt;
        file.Write(flags);
    }

    private static ElfVersions Read(FileStream file)
    {
        const int headerSize = 64, sectionSize = 64;
        byte[] header = Bytes(file, 0, headerSize);
        if (!header.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8)) throw new InvalidDataException("its first bytes are others");
        byte[] table = Bytes(file, Int64(header, 0x28), UInt16(header, 0x3c) * sectionSize);
        Section[] sections = [.. Enumerable.Range(0, table.Length / sectionSize).Select(at => Section.Of(table.AsSpan(at * sectionSize)))];
        var needed = new List<NeededVersion>();
        var defined = new List<string>();
        foreach (Section section in sections.Where(one => one.Type is Defines or Needs))
        {
            byte[] bytes = Bytes(file, section.At, section.Length),
                texts = Bytes(file, sections[section.Texts].At, sections[section.Texts].Length);
            if (section.Type == Needs) needed.AddRange(NeededIn(bytes, texts, section.At));
            else defined.AddRange(DefinedIn(bytes, texts));
        }
        return new ElfVersions(needed, defined);
    }

    // Verneed: version, count, file, first, next. Vernaux: hash, flags, other, name, next.
    private static IEnumerable<NeededVersion> NeededIn(byte[] bytes, byte[] texts, long place)
    {
        for (int at = 0, next = -1; next != 0; at += next)
        {
            next = Int32(bytes, at + 12);
            int version = at + Int32(bytes, at + 8);
            for (int left = UInt16(bytes, at + 2); left > 0; left--, version += Int32(bytes, version + 12))
                yield return new NeededVersion(
                    Text(texts, Int32(bytes, at + 4)),
                    Text(texts, Int32(bytes, version + 8)),
                    (UInt16(bytes, version + 4) & Weak) != 0,
                    place + version + 4);
        }
    }

    // Verdef: version, flags, index, count, hash, first, next. Its first Verdaux begins with its name.
    private static IEnumerable<string> DefinedIn(byte[] bytes, byte[] texts)
    {
        for (int at = 0, next = -1; next != 0; at += next)
        {
            next = Int32(bytes, at + 16);
            yield return Text(texts, Int32(bytes, at + Int32(bytes, at + 12)));
        }
    }

    private static byte[] Bytes(FileStream file, long at, int length)
    {
        var bytes = new byte[length];
        file.Position = at;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static string Text(byte[] texts, int at) => Encoding.ASCII.GetString(texts.AsSpan(at)[..texts.AsSpan(at).IndexOf((byte)0)]);
    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
    private static int Int32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
    private static long Int64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private readonly record struct Section(uint Type, long At, int Length, int Texts)
    {
        public static Section Of(ReadOnlySpan<byte> bytes) =>
            new((uint)Int32(bytes, 4), Int64(bytes, 0x18), (int)Int64(bytes, 0x20), Int32(bytes, 0x28));
    }
}
