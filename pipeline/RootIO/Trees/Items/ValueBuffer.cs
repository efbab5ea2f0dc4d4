using System.Runtime.CompilerServices;

namespace TauPipeline.RootIO;

/// <summary>
/// Values of one batch as they are decoded. It grows with what was really found in the file, never by what a header announces.
/// </summary>
internal sealed class ValueBuffer<T> where T : unmanaged
{
    private const int FirstCapacity = 256;
    private const int MostReserved = 8 << 20;
    private T[] _values = [];
    private int _usual = FirstCapacity;

    public int Count { get; private set; }

    /// <summary>Whether values handed out are overwritten by the next batch, rather than left to whoever took them.</summary>
    public bool ReusesMemory { get; set; }

    /// <summary>Makes the next growth large enough for that many, as far as that is little in any case.</summary>
    public void Reserve(int count) => _usual = Math.Max(_usual, (int)Math.Min(count, MostReserved / Unsafe.SizeOf<T>()));

    /// <summary>Room for further values.</summary>
    public Span<T> Extend(int count)
    {
        int needed = Count + count;
        if (needed > _values.Length)
        {
            T[] larger = GC.AllocateUninitializedArray<T>((int)Math.Min(Array.MaxLength, Math.Max(needed, Math.Max(_usual, 2L * Count))));
            _values.AsSpan(0, Count).CopyTo(larger);
            _values = larger;
        }
        Span<T> room = _values.AsSpan(Count, count);
        Count = needed;
        return room;
    }

    /// <summary>Hands the values out; the buffer begins anew, in other memory unless that is to be used again.</summary>
    public ReadOnlyMemory<T> Detach()
    {
        ReadOnlyMemory<T> values = _values.AsMemory(0, Count);
        _usual = Math.Max(FirstCapacity, Count);
        if (!ReusesMemory) _values = [];
        Count = 0;
        return values;
    }
}
