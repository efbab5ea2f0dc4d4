using System.Buffers.Binary;
using System.Text;
using Shouldly;
using TauPipeline.Tasks;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Code;

/// <summary>
/// Native libraries laid out, and symbol versions that this system lacks: on a small ELF file of our own making, and on TorchSharp's.
/// </summary>
public sealed class NativeFolderTests : IDisposable
{
    private const string New = "GLIBCXX_3.4.32", Old = "GLIBCXX_3.4.30";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_library_asks_for_is_read_with_who_shall_have_it()
    {
        File.WriteAllBytes(_folder.At("a.so"), SmallElf.Asking(("libc.so.6", ["GLIBC_2.34"]), (NativeFolder.Cpp, [Old, New])));

        ElfVersions.Of(_folder.At("a.so")).Needed.Select(version => $"{version.Library} {version.Name} {version.IsWeak}")
            .ShouldBe(["libc.so.6 GLIBC_2.34 False", $"libstdc++.so.6 {Old} False", $"libstdc++.so.6 {New} False"]);
    }

    [Fact]
    public void Only_what_this_system_lacks_of_its_CPP_library_is_marked_and_nothing_else_changes()
    {
        byte[] original = SmallElf.Asking(("libc.so.6", ["GLIBC_9.9"]), (NativeFolder.Cpp, [Old, New]));
        Write("package/a.so", original);

        NativeFolder.Lay([_folder.At("package/a.so")], _folder.At("laid"), [Old]).ShouldBe([$"a.so: {New}"]);

        byte[] laid = File.ReadAllBytes(_folder.At("laid/a.so"));
        Enumerable.Range(0, laid.Length).Count(at => laid[at] != original[at]).ShouldBe(1);
        ElfVersions.Of(_folder.At("laid/a.so")).Needed.Where(version => version.IsWeak).ShouldHaveSingleItem().Name.ShouldBe(New);
        File.ReadAllBytes(_folder.At("package/a.so")).ShouldBe(original); // not through the link
        NativeFolder.Lay([_folder.At("package/a.so")], _folder.At("laid"), [Old]).ShouldBeEmpty();
    }

    [Fact]
    public void Where_nothing_is_lacking_the_package_s_own_file_is_linked()
    {
        Write("package/a.so", SmallElf.Asking((NativeFolder.Cpp, [Old])));

        NativeFolder.Lay([_folder.At("package/a.so")], _folder.At("laid"), [Old, New]).ShouldBeEmpty();

        // Seen through the other name: the same file.
        File.AppendAllText(_folder.At("package/a.so"), "x");
        File.ReadAllBytes(_folder.At("laid/a.so")).ShouldBe(File.ReadAllBytes(_folder.At("package/a.so")));
    }

    [Fact]
    public void A_folder_that_is_not_whole_is_laid_again_and_one_of_a_newer_system_is_made_fit()
    {
        foreach (string name in new[] { "a.so", "b.so" }) Write($"package/{name}", SmallElf.Asking((NativeFolder.Cpp, [New])));
        string[] libraries = [_folder.At("package/a.so"), _folder.At("package/b.so")];
        NativeFolder.Lay(libraries, _folder.At("laid"), [New]).ShouldBeEmpty();
        File.Delete(_folder.At("laid/b.so"));

        NativeFolder.Lay(libraries, _folder.At("laid"), [New]).ShouldBeEmpty();
        File.Exists(_folder.At("laid/b.so")).ShouldBeTrue();
        NativeFolder.Lay(libraries, _folder.At("laid"), [Old]).ShouldBe([$"a.so: {New}", $"b.so: {New}"], ignoreOrder: true);
        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order().ShouldBe(["laid", "package"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(300)]
    public void A_file_that_is_no_library_or_torn_is_refused_by_name(int length)
    {
        Write("package/torn.so", SmallElf.Asking((NativeFolder.Cpp, [Old, New]))[..length]);

        Should.Throw<InvalidDataException>(() => ElfVersions.Of(_folder.At("package/torn.so"))).Message.ShouldContain("torn.so");
    }

    [Fact]
    public void The_system_s_CPP_library_offers_what_the_laid_binding_asks_for_or_it_is_marked()
    {
        IReadOnlyList<string> offered = ElfVersions.Of(NativeFolder.CppLibrary()).Defined;
        string binding = Checkout.At(".artifacts", "native", TauPipeline.Tensors.TorchNatives.Packages, "libLibTorchSharp.so");

        offered.ShouldContain("GLIBCXX_3.4");
        NeededVersion[] asked = [.. ElfVersions.Of(binding).Needed.Where(version => version.Library == NativeFolder.Cpp)];
        asked.Length.ShouldBe(20); // readelf -V
        asked.Where(version => version.IsWeak)
            .Select(version => version.Name)
            .ShouldBe(asked.Select(version => version.Name).Where(name => !offered.Contains(name)), ignoreOrder: true);
    }

    [Fact]
    public void No_program_s_folder_holds_libtorch()
    {
        string[] found =
        [
            .. Directory.EnumerateFiles(Checkout.At(".artifacts", "bin"), "*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file).Contains("torch", StringComparison.OrdinalIgnoreCase) && file.Contains(".so")),
        ];

        found.ShouldBeEmpty();
        foreach (string program in new[] { "Host", "Unit" })
            Directory.EnumerateFiles(Checkout.At(".artifacts", "bin", program), "*", SearchOption.AllDirectories)
                .Sum(file => new FileInfo(file).Length)
                .ShouldBeLessThan(60L << 20, program);
    }

    private void Write(string file, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(file))!);
        File.WriteAllBytes(_folder.At(file), bytes);
    }
}

/// <summary>A shared library of a header, a table of names, and versions that it asks for.</summary>
internal static class SmallElf
{
    private const int Header = 64, Section = 64, Entry = 16;

    public static byte[] Asking(params IReadOnlyList<(string Library, string[] Versions)> asked)
    {
        var names = new StringBuilder("\0");
        int Name(string text) { int at = names.Length; names.Append(text).Append('\0'); return at; }
        var versions = new MemoryStream();
        foreach ((string library, string[] wanted) in asked)
        {
            Write(
                versions,
                [
                    (2, 1),
                    (2, wanted.Length),
                    (4, Name(library)),
                    (4, Entry),
                    (4, library == asked[^1].Library ? 0 : Entry * (1 + wanted.Length)),
                ]);
            foreach (string version in wanted)
                Write(versions, [(4, 0), (2, 0), (2, 5), (4, Name(version)), (4, version == wanted[^1] ? 0 : Entry)]);
        }
        byte[] text = Encoding.ASCII.GetBytes(names.ToString());
        int versionsAt = Header + text.Length, table = versionsAt + (int)versions.Length;
        var file = new MemoryStream();
        file.Write("\u007fELF\u0002\u0001\u0001"u8);
        file.SetLength(Header);
        file.Position = 0x28;
        Write(file, [(8, table)]);
        file.Position = 0x3c;
        Write(file, [(2, 3)]);
        file.Position = Header;
        file.Write(text);
        file.Write(versions.ToArray());
        file.Write(new byte[Section]);
        Write(file, [(4, 0), (4, 3), (8, 0), (8, 0), (8, Header), (8, text.Length), (4, 0), (4, 0), (8, 0), (8, 0)]);
        Write(
            file,
            [(4, 0), (4, 0x6ffffffe), (8, 0), (8, 0), (8, versionsAt), (8, versions.Length), (4, 1), (4, asked.Count), (8, 0), (8, 0)]);
        return file.ToArray();
    }

    private static void Write(Stream to, params IReadOnlyList<(int Bytes, long Value)> numbers)
    {
        var bytes = new byte[8];
        foreach ((int length, long value) in numbers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            to.Write(bytes, 0, length);
        }
    }
}
