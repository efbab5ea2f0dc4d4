using System.Buffers.Binary;

namespace TauPipeline.Codecs;

/// <summary>
/// One deflate block with a Huffman code of its own (RFC 1951, 3.2.7), and an empty one behind it that ends at a whole byte. Of repeats it
/// knows only runs of one byte: what there is to find in planes of bytes, where a search for longer ones loses its time. Integers alone,
/// so that bytes depend on no machine and on no library.
/// </summary>
public static class HuffmanBlock
{
    private const int EndOfBlock = 256, FirstLength = 257, Symbols = 286, LongestRun = 258, ShortestRun = 3, LongestCode = 15;

    // So much stands before and behind the coded bytes at most: lengths of codes, the empty block, eight bytes that are written at once.
    private const int Overhead = 288;

    // The code of code lengths: complete, and short for what comes often. Lengths that it does not name (16) have none.
    private static ReadOnlySpan<byte> OrderOfLengths => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    private static ReadOnlySpan<byte> LengthsOfLengths => [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 0, 5, 4];

    // Lengths of runs in their classes: the first of each class, and its extra bits (RFC 1951, 3.2.5).
    private static ReadOnlySpan<ushort> Runs =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static ReadOnlySpan<byte> ExtraBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static readonly byte[] ClassOfRun = Classes();

    /// <summary>Bytes that are room enough for any block of so many.</summary>
    public static int Most(int bytes) => bytes + Overhead;

    /// <summary>Writes the block.</summary>
    /// <returns>Its length, or 0 if it would not be shorter than the bytes are.</returns>
    public static int Write(ReadOnlySpan<byte> bytes, bool hasRuns, Span<byte> target)
    {
        Span<int> counts = stackalloc int[Symbols];
        counts[EndOfBlock] = 1;
        long bits = hasRuns ? CountRuns(bytes, counts) : CountSingly(bytes, counts);
        Span<byte> lengths = stackalloc byte[Symbols + 1]; // and the one distance, 1
        Lengths(counts, lengths);
        for (int symbol = 0; symbol < Symbols; symbol++) bits += (long)counts[symbol] * lengths[symbol];
        if (bits / 8 + Overhead / 2 >= bytes.Length) return 0;
        lengths[Symbols] = 1;
        Span<uint> codes = stackalloc uint[Symbols];
        Codes(lengths[..Symbols], LongestCode, codes);
        var to = new BitWriter(target);
        to.Add(0b100, 3); // not the last block; a code of its own
        WriteLengths(ref to, lengths);
        if (hasRuns) WriteRuns(ref to, bytes, codes);
        else WriteSingly(ref to, bytes, codes);
        to.Add(codes[EndOfBlock]);
        to.Add(0, 3);
        to.Align();
        to.Add(0xffff0000, 32);
        return to.Finish();
    }

    private static int CountSingly(ReadOnlySpan<byte> bytes, Span<int> counts)
    {
        // Two tables: a byte that follows itself would wait for its own count.
        Span<int> others = stackalloc int[256];
        int i = 0;
        for (; i + 1 < bytes.Length; i += 2)
        {
            counts[bytes[i]]++;
            others[bytes[i + 1]]++;
        }
        if (i < bytes.Length) counts[bytes[i]]++;
        for (int value = 0; value < others.Length; value++) counts[value] += others[value];
        return 0;
    }

    // Bits that stand beside the codes: extra bits of lengths, and the distance.
    private static long CountRuns(ReadOnlySpan<byte> bytes, Span<int> counts)
    {
        long beside = 0;
        for (int i = 0; i < bytes.Length;)
        {
            byte value = bytes[i];
            int run = RunFrom(bytes, i++);
            counts[value]++;
            for (int part; run > 0; run -= part, i += part)
            {
                part = Math.Min(run, LongestRun);
                if (part < ShortestRun) counts[value] += part;
                else
                {
                    counts[FirstLength + ClassOfRun[part]]++;
                    beside += ExtraBits[ClassOfRun[part]] + 1;
                }
            }
        }
        return beside;
    }

    // How often a byte is repeated behind its place.
    private static int RunFrom(ReadOnlySpan<byte> bytes, int at)
    {
        ReadOnlySpan<byte> rest = bytes[(at + 1)..];
        if (rest.IsEmpty || rest[0] != bytes[at]) return 0;
        int end = rest.IndexOfAnyExcept(bytes[at]);
        return end < 0 ? rest.Length : end;
    }

    private static void WriteSingly(ref BitWriter to, scoped ReadOnlySpan<byte> bytes, scoped ReadOnlySpan<uint> codes)
    {
        int i = 0;
        for (; i + 2 < bytes.Length; i += 3) to.Add(codes[bytes[i]], codes[bytes[i + 1]], codes[bytes[i + 2]]);
        for (; i < bytes.Length; i++) to.Add(codes[bytes[i]]);
    }

    private static void WriteRuns(ref BitWriter to, scoped ReadOnlySpan<byte> bytes, scoped ReadOnlySpan<uint> codes)
    {
        for (int i = 0; i < bytes.Length;)
        {
            uint code = codes[bytes[i]];
            int run = RunFrom(bytes, i++);
            to.Add(code);
            for (int part; run > 0; run -= part, i += part)
            {
                part = Math.Min(run, LongestRun);
                if (part < ShortestRun)
                {
                    for (int k = 0; k < part; k++) to.Add(code);
                    continue;
                }
                int @class = ClassOfRun[part];
                to.Add(codes[FirstLength + @class]);
                to.Add((uint)(part - Runs[@class]), ExtraBits[@class] + 1); // a distance of 1: the code of the only one, 0
            }
        }
    }

    private static void WriteLengths(ref BitWriter to, scoped ReadOnlySpan<byte> lengths)
    {
        Span<uint> codes = stackalloc uint[LengthsOfLengths.Length];
        Codes(LengthsOfLengths, 5, codes);
        to.Add(Symbols - FirstLength, 5);
        to.Add(0, 5); // one distance
        to.Add((uint)OrderOfLengths.Length - 4, 4);
        foreach (byte length in OrderOfLengths) to.Add(LengthsOfLengths[length], 3);
        for (int i = 0; i < lengths.Length;)
        {
            int zeros = lengths[i..].IndexOfAnyExcept((byte)0);
            if (zeros < 0) zeros = lengths.Length - i;
            if (zeros < 3) to.Add(codes[lengths[i++]]);
            else
            {
                zeros = Math.Min(zeros, 138);
                to.Add(codes[zeros < 11 ? 17 : 18]);
                to.Add((uint)(zeros < 11 ? zeros - 3 : zeros - 11), zeros < 11 ? 3 : 7);
                i += zeros;
            }
        }
    }

    // Huffman's tree over what occurs; where it grows too deep, over counts that differ less.
    private static void Lengths(ReadOnlySpan<int> counts, Span<byte> lengths)
    {
        Span<long> heap = stackalloc long[Symbols]; // weight and node, the lightest first; of equal weight the lower node
        Span<long> made = stackalloc long[Symbols];
        Span<int> parents = stackalloc int[2 * Symbols];
        for (int shift = 0; ; shift++)
        {
            int nodes = Symbols, left = 0;
            for (int symbol = 0; symbol < Symbols; symbol++)
                if (counts[symbol] > 0) heap[left++] = (long)((counts[symbol] >> shift) + 1) << 16 | (uint)symbol;
            heap[..left].Sort();
            int first = 0, leaves = left, firstMade = 0, allMade = 0;
            while (leaves - first + allMade - firstMade > 1)
            {
                long one = Lightest(heap, ref first, leaves, made, ref firstMade, allMade);
                long two = Lightest(heap, ref first, leaves, made, ref firstMade, allMade);
                (parents[(int)(one & 0xffff)], parents[(int)(two & 0xffff)]) = (nodes, nodes);
                made[allMade++] = ((one >> 16) + (two >> 16)) << 16 | (uint)nodes++;
            }
            int longest = Depths(counts, parents, nodes - 1, lengths);
            if (longest <= LongestCode) return;
        }
    }

    // Leaves are sorted, and what is made of two comes out in order: the lightest is the first of one of them.
    private static long Lightest(
        ReadOnlySpan<long> leaves, ref int first, int end, ReadOnlySpan<long> made, ref int firstMade, int endMade) =>
        firstMade == endMade || first < end && leaves[first] >> 16 <= made[firstMade] >> 16 ? leaves[first++] : made[firstMade++];

    private static int Depths(ReadOnlySpan<int> counts, ReadOnlySpan<int> parents, int root, Span<byte> lengths)
    {
        int longest = 0;
        for (int symbol = 0; symbol < Symbols; symbol++)
        {
            int depth = 0;
            for (int node = symbol; counts[symbol] > 0 && node != root; node = parents[node]) depth++;
            lengths[symbol] = (byte)Math.Min(depth, byte.MaxValue);
            longest = Math.Max(longest, depth);
        }
        return longest;
    }

    // RFC 1951, 3.2.2; with the first bit of a code lowest, and its length above.
    private static void Codes(ReadOnlySpan<byte> lengths, int longest, Span<uint> codes)
    {
        uint code = 0;
        for (int length = 1; length <= longest; length++, code <<= 1)
            for (int symbol = 0; symbol < lengths.Length; symbol++)
                if (lengths[symbol] == length) codes[symbol] = Reversed(code++, length) | (uint)length << 16;
    }

    private static uint Reversed(uint code, int length)
    {
        uint reversed = 0;
        for (int i = 0; i < length; i++, code >>= 1) reversed = reversed << 1 | (code & 1);
        return reversed;
    }

    private static byte[] Classes()
    {
        var classes = new byte[LongestRun + 1];
        for (int run = ShortestRun, at = 0; run <= LongestRun; run++)
        {
            if (at + 1 < Runs.Length && run >= Runs[at + 1]) at++;
            classes[run] = (byte)at;
        }
        return classes;
    }
}

/// <summary>Bits into bytes, the first one lowest.</summary>
internal ref struct BitWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;
    private ulong _bits;
    private int _count, _at;

    /// <summary>Adds so many bits, at most 32.</summary>
    public void Add(uint bits, int count)
    {
        _bits |= (ulong)bits << _count;
        _count += count;
        Flush();
    }

    /// <summary>Adds a code: bits, and their number above the sixteenth.</summary>
    public void Add(uint code) => Add(code & 0xffff, (int)(code >> 16));

    /// <summary>Adds three codes at once.</summary>
    public void Add(uint one, uint two, uint three)
    {
        int first = (int)(one >> 16), second = first + (int)(two >> 16);
        _bits |= ((ulong)(one & 0xffff) | (ulong)(two & 0xffff) << first | (ulong)(three & 0xffff) << second) << _count;
        _count += second + (int)(three >> 16);
        Flush();
    }

    /// <summary>Fills the last byte with zeros.</summary>
    public void Align()
    {
        _count = (_count + 7) & ~7;
        Flush();
    }

    /// <summary>The number of bytes written, which must be whole.</summary>
    public readonly int Finish() => _at + _count / 8;

    private void Flush()
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_target[_at..], _bits);
        _at += _count >> 3;
        _bits >>= _count & ~7;
        _count &= 7;
    }
}
