using System.Runtime.CompilerServices;

namespace TauPipeline.Foundation;

/// <summary>
/// Counter-based random numbers (Philox4x32-10; Salmon et al., SC'11): the numbers of an index depend on key and index
/// alone, so they are the same whatever the thread, the shard or the order.
/// </summary>
public struct CounterRandom
{
    private readonly ulong _key;
    private readonly ulong _index;
    private ulong _block;
    private PhiloxBlocks _words;
    private int _left;

    /// <summary>The stream of one index (an event, an entry) under one key (seed, stage, purpose).</summary>
    public CounterRandom(ulong key, ulong index)
    {
        _key = key;
        _index = index;
    }

    /// <summary>A key from a seed and words that name a purpose.</summary>
    public static ulong Key(ulong seed, params ReadOnlySpan<string> purpose) => ContentHash.Of($"{seed}\0{string.Join('\0', purpose)}").A;

    /// <summary>The next 32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NextUInt32()
    {
        if (_left == 0) Refill();
        return _words[PhiloxBlocks.Words - _left--];
    }

    /// <summary>The next 64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64() => ((ulong)NextUInt32() << 32) | NextUInt32();

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in (0, 1]: safe under a logarithm.</summary>
    public double NextOpen() => 1.0 - NextDouble();

    /// <summary>Uniform integer in [0, below), without bias.</summary>
    public int NextInt(int below)
    {
        ulong product = (ulong)NextUInt32() * (uint)below;
        if ((uint)product < (uint)below)
            for (uint reject = (uint)(-below) % (uint)below; (uint)product < reject;) product = (ulong)NextUInt32() * (uint)below;
        return (int)(product >> 32);
    }

    /// <summary>Standard normal. Bits that say which layer say nothing of the place in it.</summary>
    public double NextNormal()
    {
        while (true)
        {
            ulong bits = NextUInt64();
            int layer = (int)(bits % Ziggurat.Layers);
            double fraction = ((long)bits >> 11) * (1.0 / (1L << 52));   // in [-1, 1)
            if (Ziggurat.Normal.IsInside(layer, fraction, out double x)) return x;
            if (layer == 0) return Math.CopySign(NextInTail(), fraction);
            if (Ziggurat.Normal.IsBelow(layer, x, NextDouble())) return x;
        }
    }

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential()
    {
        // The tail of an exponential is an exponential.
        for (double from = 0; ;)
        {
            ulong bits = NextUInt64();
            int layer = (int)(bits % Ziggurat.Layers);
            double fraction = (bits >> 11) * (1.0 / (1UL << 53));
            if (Ziggurat.Exponential.IsInside(layer, fraction, out double x)) return from + x;
            if (layer == 0) from += Ziggurat.Exponential.Tail;
            else if (Ziggurat.Exponential.IsBelow(layer, x, NextDouble())) return from + x;
        }
    }

    // Beyond 3.65 standard deviations, by Marsaglia's rejection (1964).
    private double NextInTail()
    {
        double tail = Ziggurat.Normal.Tail, x, y;
        do (x, y) = (NextExponential() / tail, NextExponential());
        while (2 * y < x * x);
        return tail + x;
    }

    private void Refill()
    {
        _words.Fill(_key, _index, _block);
        _block += PhiloxBlocks.Blocks;
        _left = PhiloxBlocks.Words;
    }
}
