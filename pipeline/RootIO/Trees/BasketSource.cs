using TauPipeline.Codecs;

namespace TauPipeline.RootIO;

/// <summary>Finds and unpacks the baskets of one branch, wherever they stand.</summary>
internal sealed class BasketSource
{
    private readonly RecordReader _records;
    private readonly BranchRecord _branch;
    private readonly string _path;
    private readonly long[] _starts;

    public BasketSource(RecordReader records, BranchRecord branch, string path)
    {
        (_records, _branch, _path) = (records, branch, path);
        if (branch.FileName.Length > 0)
            throw RootErrors.NotRead(Place, branch.ClassName, $"its baskets are in another file, '{branch.FileName}'");
        int written = branch.WrittenBaskets;
        int capacity = Math.Min(branch.BasketBytes.Length, Math.Min(branch.BasketSeek.Length, branch.BasketEntry.Length));
        if (written < 0 || written > capacity) throw RootErrors.Damaged(Place, "a branch", $"0 to {capacity} baskets", $"{written}");
        Count = Math.Max(written, branch.Embedded.FindLastIndex(basket => basket is { Entries: > 0 }) + 1);
        if (Count > branch.BasketEntry.Length && Count > 1)
            throw RootErrors.Damaged(Place, "a branch", $"at most {branch.BasketEntry.Length} baskets", $"{Count}");
        _starts = Starts();
    }

    /// <summary>Number of baskets.</summary>
    public int Count { get; }

    /// <summary>The entry after the last.</summary>
    public long End => Count == 0 ? 0 : _starts[Count];

    public Place Place => _records.At(0, _path);

    /// <summary>The first entry of a basket.</summary>
    public long Start(int index) => _starts[index];

    /// <summary>The basket that holds an entry.</summary>
    public int IndexOf(long entry)
    {
        int found = Array.BinarySearch(_starts, 0, Count, entry);
        if (found < 0) return ~found - 1;
        while (found + 1 < Count && _starts[found + 1] == entry) found++; // empty baskets begin at the same entry
        return found;
    }

    /// <summary>Bytes of a basket in the file: 0 for those in the tree's record.</summary>
    public int StoredBytes(int index) => index < _branch.WrittenBaskets ? _branch.BasketBytes[index] : 0;

    /// <summary>Reads and unpacks one basket; safe from several threads, each with a basket of its own.</summary>
    public void Load(int index, Basket basket)
    {
        if (EmbeddedAt(index) is { } embedded) basket.Take(embedded);
        else Read(index, basket);
        if (basket.Entries != _starts[index + 1] - _starts[index])
            throw RootErrors.Damaged(Place, $"basket {index}", $"{_starts[index + 1] - _starts[index]} entries", $"{basket.Entries}");
    }

    /// <summary>The codec of the first basket that stands on its own.</summary>
    public CodecKind Codec()
    {
        int first = 0;
        while (first < _branch.WrittenBaskets && EmbeddedAt(first) is not null) first++;
        if (first >= _branch.WrittenBaskets) return CodecKind.None;
        var basket = new Basket();
        TKey key = Open(first, basket, out Memory<byte> stored).Key;
        return key.IsCompressed
            ? CompressedBlocks.KindOf(stored.Span.Slice(key.KeyBytes, key.StoredBytes), PlaceOf(first))
            : CodecKind.None;
    }

    private void Read(int index, Basket basket)
    {
        Place place = PlaceOf(index);
        (TKey key, BasketStreamer.Head head) = Open(index, basket, out Memory<byte> stored);
        if (head.DataBytes > key.ObjectBytes)
            throw RootErrors.Damaged(place, $"basket {index}", $"at most {key.ObjectBytes} bytes of data", $"{head.DataBytes}");
        ReadOnlyMemory<byte> payload = stored.Slice(key.KeyBytes, key.StoredBytes);
        if (key.IsCompressed)
        {
            ref byte[] room = ref basket.Room(key.ObjectBytes);
            CompressedBlocks.Unpack(payload.Span, key.ObjectBytes, ref room, place);
            payload = room.AsMemory(0, key.ObjectBytes);
            basket.ReleaseStored();
        }
        basket.Take(head.Entries, payload[..head.DataBytes]);
        if (head.DataBytes < payload.Length) ReadOffsets(payload.Span[head.DataBytes..], key, basket, place);
    }

    private static void ReadOffsets(ReadOnlySpan<byte> tail, TKey key, Basket basket, Place place)
    {
        var reader = new RootReader(tail, place);
        int count = reader.Count(sizeof(int));
        if (count < basket.Entries) throw RootErrors.Damaged(place, "a basket", $"{basket.Entries} offsets", $"{count}");
        EntryOffsets.Read(reader.Bytes(count * sizeof(int)), key.KeyBytes, basket.Data.Length, basket.TakeOffsets(), place);
    }

    // Brings the whole record into memory, and reads its key and the basket's head, which both stand inside the key's length.
    private (TKey Key, BasketStreamer.Head Head) Open(int index, Basket basket, out Memory<byte> stored)
    {
        int bytes = _branch.BasketBytes[index];
        (TKey key, BasketStreamer.Head head) = Fetch(index, bytes, basket, out stored);
        if (key.RecordBytes == bytes && key.IsPossible) return (key, head);
        // The branch and the record state different lengths: the branch is right if the bytes agree, else the record may be.
        (key, _) = _records.Record(key with { RecordBytes = bytes }, _branch.BasketSeek[index], _path, key.RecordBytes);
        return (key, Fetch(index, key.RecordBytes, basket, out stored).Head);
    }

    private (TKey Key, BasketStreamer.Head Head) Fetch(int index, int bytes, Basket basket, out Memory<byte> stored)
    {
        Place place = PlaceOf(index);
        _records.File.Require(_branch.BasketSeek[index], bytes, place);
        stored = basket.StoredRoom(bytes);
        _records.File.Read(_branch.BasketSeek[index], stored.Span, place);
        var reader = new RootReader(stored.Span, place);
        TKey key = TKey.ReadUnnamed(ref reader);
        return (key, BasketStreamer.ReadHead(ref reader, key.KeyBytes));
    }

    /// <summary>Where a basket stands; those inside the tree's record have no place of their own.</summary>
    public Place PlaceOf(int index) => _records.At(index < _branch.BasketSeek.Length ? _branch.BasketSeek[index] : 0, _path);

    private BasketRecord? EmbeddedAt(int index)
    {
        bool onItsOwn = index < _branch.WrittenBaskets && _branch.BasketSeek[index] != 0 && _branch.BasketBytes[index] != 0;
        return onItsOwn || index >= _branch.Embedded.Count ? null : _branch.Embedded[index];
    }

    // First entry of each basket, and the entry after the last.
    private long[] Starts()
    {
        var starts = new long[Count + 1];
        for (int i = 0; i < Count; i++) starts[i] = _branch.BasketEntry.Length > i ? _branch.BasketEntry[i] : 0;
        if (Count > 0) starts[Count] = EmbeddedAt(Count - 1) is { } last ? starts[Count - 1] + last.Entries : starts[0] + _branch.Entries;
        for (int i = 0; i < Count; i++)
        {
            if (starts[i] < 0 || starts[i + 1] < starts[i])
                throw RootErrors.Damaged(
                    Place,
                    "a branch",
                    "baskets in rising order of entries",
                    $"basket {i} of {starts[i]} to {starts[i + 1]}");
            if (
                i < _branch.WrittenBaskets
                && EmbeddedAt(i) is null
                && (_branch.BasketSeek[i] <= 0 || _branch.BasketBytes[i] < TKey.SmallestSize))
                throw RootErrors.Damaged(
                    Place,
                    $"basket {i}",
                    $"a record of at least {TKey.SmallestSize} bytes",
                    $"{_branch.BasketBytes[i]} bytes at {_branch.BasketSeek[i]}");
        }
        return starts;
    }
}
