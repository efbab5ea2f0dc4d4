using System.Runtime.InteropServices;
using TauPipeline.Foundation;

namespace TauPipeline.Codecs;

/// <summary>The functions of libzstd, liblzma and libdeflate that are used here; a library is looked for at its first call.</summary>
internal static unsafe partial class NativeCodecs
{
    private const string LibZstd = "zstd", LibLzma = "lzma", LibDeflate = "deflate";

    static NativeCodecs() => NativeLibrary.SetDllImportResolver(typeof(NativeCodecs).Assembly, (name, _, _) => Probe(name).Load());

    /// <summary>Whether the library is there; it can be done without.</summary>
    internal static bool HasDeflate { get; } = Probe(LibDeflate).TryLoad(out _);

    /// <summary>Whether the library is there; reading can be done without.</summary>
    internal static bool HasZstd { get; } = Probe(LibZstd).TryLoad(out _);

    /// <summary>What a library says of itself, or that it is missing.</summary>
    internal static string Version(string name, Func<nint> said) =>
        Probe(name).TryLoad(out _) ? Marshal.PtrToStringUTF8(said()) ?? "unknown" : "missing";

    /// <summary>How a library is found.</summary>
    internal static NativeLibraryProbe Probe(string name) => name switch
    {
        LibZstd => new("Zstandard", "TAU_ZSTD", ["libzstd.so.1"], "apt-get install libzstd1"),
        LibLzma => new("LZMA", "TAU_LZMA", ["liblzma.so.5"], "apt-get install liblzma5"),
        LibDeflate => new("libdeflate", "TAU_DEFLATE", ["libdeflate.so.0"], "apt-get install libdeflate0"),
        _ => throw new Defect($"no native library is called '{name}'"),
    };

    [LibraryImport(LibZstd)]
    internal static partial nint ZSTD_versionString();

    [LibraryImport(LibLzma)]
    internal static partial nint lzma_version_string();

    [LibraryImport(LibZstd)]
    internal static partial nint ZSTD_createDCtx();

    [LibraryImport(LibZstd)]
    internal static partial nuint ZSTD_decompressDCtx(nint context, byte* target, nuint targetCapacity, byte* source, nuint sourceSize);

    [LibraryImport(LibZstd)]
    internal static partial nint ZSTD_createCCtx();

    [LibraryImport(LibZstd)]
    internal static partial nuint ZSTD_compressCCtx(
        nint context,
        byte* target,
        nuint targetCapacity,
        byte* source,
        nuint sourceSize,
        int level);

    [LibraryImport(LibZstd)]
    internal static partial uint ZSTD_isError(nuint code);

    [LibraryImport(LibDeflate)]
    internal static partial nint libdeflate_alloc_decompressor();

    [LibraryImport(LibDeflate)]
    internal static partial int libdeflate_zlib_decompress_ex(
        nint context, byte* source, nuint sourceSize, byte* target, nuint targetCapacity, nuint* read, nuint* written);

    [LibraryImport(LibLzma)]
    internal static partial byte lzma_lzma_preset(void* options, uint preset);

    [LibraryImport(LibLzma)]
    internal static partial int lzma_stream_encoder(LzmaStream* stream, void* filters, int check);

    [LibraryImport(LibLzma)]
    internal static partial int lzma_code(LzmaStream* stream, int action);

    [LibraryImport(LibLzma)]
    internal static partial void lzma_end(LzmaStream* stream);

    [LibraryImport(LibLzma)]
    internal static partial int lzma_stream_buffer_decode(
        ulong* memoryLimit,
        uint flags,
        void* allocator,
        byte* source,
        nuint* sourcePosition,
        nuint sourceSize,
        byte* target,
        nuint* targetPosition,
        nuint targetSize);

    /// <summary>lzma_stream of lzma/base.h: source and target, then what liblzma keeps for itself.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 136)]
    internal struct LzmaStream
    {
        public byte* NextIn;
        public nuint LeftIn;
        public ulong TotalIn;
        public byte* NextOut;
        public nuint LeftOut;
        public ulong TotalOut;
    }
}
