using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Hdf5IO;
using Xunit;

namespace TauPipeline.Tests.Unit.Codecs;

public sealed class CodecToolsTests
{
    // The file that the loader took carries the version in its name.
    [Theory]
    [InlineData(CodecKind.Zstd, "libzstd")]
    [InlineData(CodecKind.Lzma, "liblzma")]
    public void A_version_is_that_of_the_file_which_is_loaded(CodecKind kind, string library)
    {
        string tool = CodecTools.Of(kind).ShouldHaveSingleItem();

        string file = File.ReadLines("/proc/self/maps").First(line => line.Contains($"/{library}.so", StringComparison.Ordinal)).Split('/')[
            ^1
        ];
        tool.ShouldBe($"{library} {file[(library.Length + ".so.".Length)..]}");
    }

    [Fact]
    public void Managed_LZ4_states_the_version_of_its_package() => CodecTools.Of(CodecKind.Lz4).ShouldBe(["K4os.Compression.LZ4 1.3.8"]);

    [Fact]
    public void Zlib_comes_with_the_runtime_and_nothing_packs_without_a_codec()
    {
        CodecTools.Of(CodecKind.Zlib).ShouldBe([$"zlib of .NET {Environment.Version}"]);
        CodecTools.Of(CodecKind.None).ShouldBeEmpty();
    }

    [Fact]
    public void Hdf5_is_laid_out_by_PureHDF_and_packed_by_zlib()
    {
        Hdf5Tools.Versions.Count.ShouldBe(2);
        Hdf5Tools.Versions[0].ShouldBe("PureHDF 2.2.0");
        Hdf5Tools.Versions[1].ShouldBe(CodecTools.Of(CodecKind.Zlib)[0]);
    }
}
