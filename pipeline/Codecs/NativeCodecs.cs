using System.Runtime.InteropServices;
using TauPipeline.Foundation;

namespace TauPipeline.Codecs;

/// <summary>The functions of liblz4, libzstd and liblzma that are used here; a library is looked for at its first call.</summary>
internal static unsafe partial class NativeCodecs
{
    private const string LibLz4 = "lz4", LibZstd = "zstd", LibLzma = "lzma";

    static NativeCodecs() => NativeLibrary.SetDllImportResolver(typeof(NativeCodecs).Assembly, (name, _, _) => Probe(name).Load());

    private static NativeLibraryProbe Probe(string name) => name switch
    {
        LibLz4 => new("LZ4", "TAU_LZ4", ["liblz4.so.1"], "apt-get install liblz4-1"),
        LibZstd => new("Zstandard", "TAU_ZSTD", ["libzstd.so.1"], "apt-get install libzstd1"),
        LibLzma => new("LZMA", "TAU_LZMA", ["liblzma.so.5"], "apt-get install liblzma5"),
        _ => throw new Defect($"no native library is called '{name}'"),
    };

    [LibraryImport(LibLz4)]
    internal static partial int LZ4_decompress_safe(byte* source, byte* target, int sourceSize, int targetCapacity);

    [LibraryImport(LibLz4)]
    internal static partial int LZ4_compress_default(byte* source, byte* target, int sourceSize, int targetCapacity);

    [LibraryImport(LibLz4)]
    internal static partial int LZ4_compress_HC(byte* source, byte* target, int sourceSize, int targetCapacity, int level);

    [LibraryImport(LibZstd)]
    internal static partial nuint ZSTD_decompress(byte* target, nuint targetCapacity, byte* source, nuint sourceSize);

    [LibraryImport(LibZstd)]
    internal static partial nuint ZSTD_compress(byte* target, nuint targetCapacity, byte* source, nuint sourceSize, int level);

    [LibraryImport(LibZstd)]
    internal static partial uint ZSTD_isError(nuint code);

    [LibraryImport(LibLzma)]
    internal static partial int lzma_stream_buffer_decode(
        ulong* memoryLimit, uint flags, void* allocator, byte* source, nuint* sourcePosition, nuint sourceSize, byte* target, nuint* targetPosition, nuint targetSize);
}
