using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TauPipeline.Foundation;

/// <summary>
/// Four neighbouring blocks of Philox4x32-10, 16 words in order. Four at once cost a processor with wide registers what one does.
/// </summary>
[InlineArray(Words)]
internal struct PhiloxBlocks
{
    public const int Blocks = 4, Words = 4 * Blocks;

    private const int Rounds = 10;
    private const uint MultiplierA = 0xD2511F53, MultiplierB = 0xCD9E8D57, WeylA = 0x9E3779B9, WeylB = 0xBB67AE85;

    private uint _first;

    /// <summary>Fills in the blocks from <paramref name="block"/> on.</summary>
    public void Fill(ulong key, ulong index, ulong block)
    {
        Span<uint> words = this;
        if (Avx2.IsSupported) Wide(words, key, index, block);
        else
            for (int i = 0; i < Blocks; i++) One(words[(4 * i)..], key, index, block + (ulong)i);
    }

    private static void One(Span<uint> words, ulong key, ulong index, ulong block)
    {
        uint c0 = (uint)block, c1 = (uint)(block >> 32), c2 = (uint)index, c3 = (uint)(index >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong a = (ulong)MultiplierA * c0, b = (ulong)MultiplierB * c2;
            (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
            k0 += WeylA;
            k1 += WeylB;
        }
        (words[0], words[1], words[2], words[3]) = (c0, c1, c2, c3);
    }

    // A word of each block in the lower half of each lane; what the upper halves hold, products leave out.
    private static void Wide(Span<uint> words, ulong key, ulong index, ulong block)
    {
        Vector256<ulong> blocks = Vector256.Create(block) + Vector256.Create(0UL, 1, 2, 3);
        Vector256<ulong> c0 = blocks, c1 = blocks >> 32, c2 = Vector256.Create(index), c3 = c2 >> 32;
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            Vector256<ulong> a = Avx2.Multiply(c0.AsUInt32(), Vector256.Create((ulong)MultiplierA).AsUInt32());
            Vector256<ulong> b = Avx2.Multiply(c2.AsUInt32(), Vector256.Create((ulong)MultiplierB).AsUInt32());
            c0 = (b >> 32) ^ (c1 ^ Vector256.Create((ulong)k0));
            c2 = (a >> 32) ^ (c3 ^ Vector256.Create((ulong)k1));
            c1 = b;
            c3 = a;
            k0 += WeylA;
            k1 += WeylB;
        }
        Vector256<ulong> lower = Vector256.Create((ulong)uint.MaxValue),
            first = (c0 & lower) | (c1 << 32),
            second = (c2 & lower) | (c3 << 32);
        Vector256<ulong> even = Avx2.UnpackLow(first, second), odd = Avx2.UnpackHigh(first, second);
        Span<ulong> pairs = MemoryMarshal.Cast<uint, ulong>(words);
        Avx2.Permute2x128(even, odd, 0x20).CopyTo(pairs);
        Avx2.Permute2x128(even, odd, 0x31).CopyTo(pairs[4..]);
    }
}
