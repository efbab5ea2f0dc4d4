using System.Runtime.InteropServices;
using K4os.Compression.LZ4;

namespace TauPipeline.Codecs;

/// <summary>
/// What packs, by name and version: another version may give other bytes. What only unpacks is not named: a format says what comes
/// out. Loads the library that is asked for and never throws.
/// </summary>
public static class CodecTools
{
    /// <summary>The library that packs by this codec; none where nothing is packed.</summary>
    public static IReadOnlyList<string> Of(CodecKind kind) => kind switch
    {
        CodecKind.Zlib or CodecKind.Deflate => Zlib,
        CodecKind.Zstd => Zstd.Value,
        CodecKind.Lz4 => Lz4,
        CodecKind.Lzma => Lzma.Value,
        _ => [],
    };

    // zlib-ng comes with the runtime, and states no version of its own.
    private static IReadOnlyList<string> Zlib { get; } = [$"zlib of {RuntimeInformation.FrameworkDescription}"];

    private static readonly Lazy<IReadOnlyList<string>> Zstd = new(() =>
        [$"libzstd {NativeCodecs.Version("zstd", NativeCodecs.ZSTD_versionString)}"]);

    private static IReadOnlyList<string> Lz4 { get; } =
    [$"K4os.Compression.LZ4 {typeof(LZ4Codec).Assembly.GetName().Version!.ToString(3)}"];

    private static readonly Lazy<IReadOnlyList<string>> Lzma = new(() =>
        [$"liblzma {NativeCodecs.Version("lzma", NativeCodecs.lzma_version_string)}"]);
}
