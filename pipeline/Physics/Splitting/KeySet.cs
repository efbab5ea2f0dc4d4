using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>
/// A set of so many 128-bit hashes, in one array of its final size: a third of the places stays free, so that a key is found at its
/// place or a few behind it.
/// </summary>
public sealed class KeySet(int capacity)
{
    /// <summary>Bytes of a key, with its share of free places.</summary>
    public const int BytesPerKey = 24;

    private readonly UInt128[] _places = new UInt128[capacity + capacity / 2 + 1];
    private int _count;

    /// <summary>Adds a key; <see langword="false"/> if it is in already.</summary>
    public bool Add(UInt128 key)
    {
        if (key == UInt128.Zero) key = UInt128.One; // what says that a place is free; as likely as any other collision
        int at = (int)Math.BigMul((ulong)(key >> 64), (ulong)_places.Length, out _);
        for (; _places[at] != UInt128.Zero; at = at + 1 == _places.Length ? 0 : at + 1)
            if (_places[at] == key) return false;
        if (++_count == _places.Length) throw new Defect($"more than {capacity} keys");
        _places[at] = key;
        return true;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_places);
        _count = 0;
    }
}
