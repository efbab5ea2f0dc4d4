namespace TauPipeline.Physics;

/// <summary>
/// Looks at many 128-bit hashes in as many passes over ranges of them as memory asks for. A collection of one pass is made in its final
/// size: one that grows holds itself twice, and leaves its smaller selves behind.
/// </summary>
internal sealed class KeyPasses
{
    private readonly long _keys;
    private readonly ulong _passes;

    /// <summary>Plans passes over so many keys at most.</summary>
    /// <param name="keys">How many there may be.</param>
    /// <param name="bytes">What each of them takes in the collection.</param>
    /// <param name="memory">Bytes that one pass may hold.</param>
    public KeyPasses(long keys, int bytes, long memory) =>
        (_keys, _passes) = (keys, (ulong)Math.Max(1, (keys * bytes + memory - 1) / memory));

    /// <summary>The passes, in order.</summary>
    public IEnumerable<ulong> All
    {
        get { for (ulong pass = 0; pass < _passes; pass++) yield return pass; }
    }

    /// <summary>Keys of one pass, with six standard deviations of chance.</summary>
    public int Capacity => checked((int)((double)_keys / _passes + 6 * Math.Sqrt((double)_keys / _passes)));

    /// <summary>Whether a key belongs to a pass.</summary>
    public bool Takes(UInt128 key, ulong pass) => (ulong)key % _passes == pass;
}
