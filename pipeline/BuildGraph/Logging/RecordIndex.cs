using System.Text;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Records of one kind as the log has them, found by their key; the last of a key counts. They are made into objects only
/// when somebody asks: a run with nothing to do asks for each once.
/// </summary>
internal sealed class RecordIndex
{
    private const int ShortKey = 256, Fewest = 64;
    private ReadOnlyMemory<byte>[] _records = new ReadOnlyMemory<byte>[Fewest];
    // Open addressing (linear probing), never more than half full; a power of two.
    private Slot[] _slots = new Slot[2 * Fewest];

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a record, or puts it in the place of an older one.</summary>
    /// <exception cref="InvalidDataException">It has no key.</exception>
    public void Put(ReadOnlyMemory<byte> record)
    {
        if (Count == _records.Length) Grow();
        ReadOnlySpan<byte> key = LogCode.KeyOf(record.Span);
        ref Slot slot = ref Find(key, Crc32C.Of(key));
        if (slot.Number == 0) slot = new Slot(Crc32C.Of(key), ++Count);
        _records[slot.Number - 1] = record;
    }

    /// <summary>The record of that key; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Find(string key)
    {
        if (Count == 0) return default;
        int most = Encoding.UTF8.GetMaxByteCount(key.Length);
        Span<byte> bytes = most <= ShortKey ? stackalloc byte[ShortKey] : new byte[most];
        bytes = bytes[..Encoding.UTF8.GetBytes(key, bytes)];
        Slot slot = Find(bytes, Crc32C.Of(bytes));
        return slot.Number == 0 ? default : _records[slot.Number - 1];
    }

    /// <summary>All keys, in the order in which they came first.</summary>
    public IEnumerable<string> Keys()
    {
        for (int i = 0; i < Count; i++) yield return LogCode.KeyText(_records[i].Span);
    }

    // The slot that has the key, or the free one where it belongs.
    private ref Slot Find(ReadOnlySpan<byte> key, uint hash)
    {
        int mask = _slots.Length - 1;
        for (int at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ref Slot slot = ref _slots[at];
            if (slot.Number == 0 || slot.Hash == hash && LogCode.KeyOf(_records[slot.Number - 1].Span).SequenceEqual(key)) return ref slot;
        }
    }

    private void Grow()
    {
        Array.Resize(ref _records, 2 * _records.Length);
        Slot[] old = _slots;
        _slots = new Slot[2 * old.Length];
        foreach (Slot slot in old)
            if (slot.Number > 0) Free(slot.Hash) = slot;
    }

    private ref Slot Free(uint hash)
    {
        int mask = _slots.Length - 1, at = (int)hash & mask;
        while (_slots[at].Number > 0) at = (at + 1) & mask;
        return ref _slots[at];
    }

    /// <param name="Hash">Of the key, so that few keys have to be looked at.</param>
    /// <param name="Number">Of the record, from 1; 0 for a free slot.</param>
    private readonly record struct Slot(uint Hash, int Number);
}
