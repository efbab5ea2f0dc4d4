namespace TauPipeline.Foundation;

/// <summary>
/// Counter-based random numbers (Philox4x32-10; Salmon et al., SC'11): the numbers of an index depend on key and index
/// alone, so they are the same whatever the thread, the shard or the order.
/// </summary>
public struct CounterRandom
{
    private const uint MultiplierA = 0xD2511F53, MultiplierB = 0xCD9E8D57, WeylA = 0x9E3779B9, WeylB = 0xBB67AE85;

    private readonly ulong _key;
    private readonly ulong _index;
    private ulong _block;
    private uint _x0, _x1, _x2, _x3;
    private int _left;
    private double _spareNormal;
    private bool _hasSpare;

    /// <summary>The stream of one index (an event, an entry) under one key (seed, stage, purpose).</summary>
    public CounterRandom(ulong key, ulong index)
    {
        _key = key;
        _index = index;
    }

    /// <summary>A key from a seed and words that name a purpose.</summary>
    public static ulong Key(ulong seed, params ReadOnlySpan<string> purpose) => ContentHash.Of($"{seed}\0{string.Join('\0', purpose)}").A;

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_left == 0) NextBlock();
        return --_left switch { 3 => _x0, 2 => _x1, 1 => _x2, _ => _x3 };
    }

    /// <summary>The next 64 random bits.</summary>
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

    /// <summary>Standard normal (Box and Muller, both halves used).</summary>
    public double NextNormal()
    {
        if (_hasSpare) { _hasSpare = false; return _spareNormal; }
        double radius = Math.Sqrt(-2 * Math.Log(NextOpen()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * NextDouble());
        _spareNormal = radius * sine;
        _hasSpare = true;
        return radius * cosine;
    }

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -Math.Log(NextOpen());

    private void NextBlock()
    {
        uint c0 = (uint)_block, c1 = (uint)(_block >> 32), c2 = (uint)_index, c3 = (uint)(_index >> 32);
        uint k0 = (uint)_key, k1 = (uint)(_key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong a = (ulong)MultiplierA * c0, b = (ulong)MultiplierB * c2;
            (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
            k0 += WeylA;
            k1 += WeylB;
        }
        (_x0, _x1, _x2, _x3) = (c0, c1, c2, c3);
        _block++;
        _left = 4;
    }
}
