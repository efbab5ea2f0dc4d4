using System.Runtime.InteropServices;

namespace TauPipeline.Codecs;

/// <summary>Raw LZ4 blocks by liblz4.</summary>
internal static unsafe class Lz4
{
    // Levels above this one use the slow, denser search, as in ROOT.
    private const int FastestDense = 4;

    private static readonly NativeContexts DenseStates = new(() => (nint)NativeMemory.Alloc((nuint)NativeCodecs.LZ4_sizeofStateHC()));

    public static bool Decompress(ReadOnlySpan<byte> source, Span<byte> target, out string fault)
    {
        int written;
        fixed (byte* from = source, to = target) written = NativeCodecs.LZ4_decompress_safe(from, to, source.Length, target.Length);
        fault = written < 0 ? $"a broken LZ4 block near byte {-(long)written}" : written < target.Length ? $"only {written} of {target.Length} bytes" : "";
        return fault.Length == 0;
    }

    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target, int level)
    {
        fixed (byte* from = source, to = target)
        {
            if (level < FastestDense) return NativeCodecs.LZ4_compress_default(from, to, source.Length, target.Length);
            nint state = DenseStates.Take();
            int written = NativeCodecs.LZ4_compress_HC_extStateHC((void*)state, from, to, source.Length, target.Length, level);
            DenseStates.Return(state);
            return written;
        }
    }
}
