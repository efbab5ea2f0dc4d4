using System.Buffers;

namespace TauPipeline.RootIO;

/// <summary>The data of some consecutive entries of a branch, unpacked; its memory is used again for the next basket.</summary>
internal sealed class Basket
{
    /// <summary>Where nothing in the basket bounds its entries (each may be empty), no more are believed.</summary>
    public const int MostEntriesWithoutOffsets = 1 << 24;

    // Memory of usual baskets comes from the pool and goes back to it; more is not worth keeping.
    private const int MostPooledBytes = 1 << 20;
    private byte[] _own = [], _pooled = [], _stored = [];
    private ReadOnlyMemory<byte> _bytes;
    private int[] _offsets = [], _pooledOffsets = [];

    /// <summary>Entries in the basket.</summary>
    public int Entries { get; private set; }

    /// <summary>Their bytes.</summary>
    public ReadOnlySpan<byte> Data => _bytes.Span;

    /// <summary>Whether the basket says where each entry begins.</summary>
    public bool HasOffsets { get; private set; }

    /// <summary>Where each entry begins in <see cref="Data"/>, and the end.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.AsSpan(0, Entries + 1);

    /// <summary>Takes entries whose data stand in memory that stays unchanged until the next basket.</summary>
    public void Take(int entries, ReadOnlyMemory<byte> data) => (Entries, _bytes, HasOffsets) = (entries, data, false);

    /// <summary>Memory for the record as it is in the file, of the pool.</summary>
    public Memory<byte> StoredRoom(int bytes)
    {
        if (_stored.Length < bytes)
        {
            ReleaseStored();
            _stored = ArrayPool<byte>.Shared.Rent(bytes);
        }
        return _stored.AsMemory(0, bytes);
    }

    /// <summary>Gives the record back once it is unpacked: the next basket of any branch then finds that memory in the cache.</summary>
    public void ReleaseStored()
    {
        if (_stored.Length > 0) ArrayPool<byte>.Shared.Return(_stored);
        _stored = [];
    }

    /// <summary>
    /// Memory of the basket's own for what is unpacked: large enough for that many bytes if they are usual, else to be replaced.
    /// </summary>
    public ref byte[] Room(int bytes)
    {
        if (_own.Length < bytes && bytes <= MostPooledBytes) _own = Renew(ref _pooled, bytes);
        return ref _own;
    }

    /// <summary>Room for the offsets of all entries, to be filled by the caller.</summary>
    public Span<int> TakeOffsets()
    {
        int count = Entries + 1;
        if (_offsets.Length < count)
            _offsets =
                count <= MostPooledBytes / sizeof(int) ? Renew(ref _pooledOffsets, count) : GC.AllocateUninitializedArray<int>(count);
        HasOffsets = true;
        return _offsets.AsSpan(0, count);
    }

    /// <summary>Takes a basket that stood in the tree's own record.</summary>
    public void Take(BasketRecord embedded)
    {
        Take(embedded.Entries, embedded.Data);
        embedded.Offsets?.CopyTo(TakeOffsets());
    }

    /// <summary>Gives all memory back: nothing of the basket may be used any more.</summary>
    public void Release()
    {
        Take(0, default);
        ReleaseStored();
        Return(ref _pooled);
        Return(ref _pooledOffsets);
        (_own, _offsets) = ([], []);
    }

    private static T[] Renew<T>(ref T[] pooled, int count)
    {
        Return(ref pooled);
        return pooled = ArrayPool<T>.Shared.Rent(count);
    }

    private static void Return<T>(ref T[] pooled)
    {
        if (pooled.Length > 0) ArrayPool<T>.Shared.Return(pooled);
        pooled = [];
    }
}
