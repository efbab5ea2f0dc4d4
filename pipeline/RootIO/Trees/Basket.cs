namespace TauPipeline.RootIO;

/// <summary>The data of some consecutive entries of a branch, unpacked; its memory is used again for the next basket.</summary>
internal sealed class Basket
{
    private byte[] _bytes = [];
    private int[] _offsets = [];
    private int _dataBytes;

    /// <summary>Entries in the basket.</summary>
    public int Entries { get; private set; }

    /// <summary>Their bytes.</summary>
    public ReadOnlySpan<byte> Data => _bytes.AsSpan(0, _dataBytes);

    /// <summary>Whether the basket says where each entry begins.</summary>
    public bool HasOffsets { get; private set; }

    /// <summary>Where each entry begins in <see cref="Data"/>, and the end.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.AsSpan(0, Entries + 1);

    /// <summary>Room for that many bytes, of which the first are entries' data.</summary>
    public Span<byte> Take(int entries, int bytes, int dataBytes)
    {
        if (_bytes.Length < bytes) _bytes = GC.AllocateUninitializedArray<byte>(bytes);
        (Entries, _dataBytes, HasOffsets) = (entries, dataBytes, false);
        return _bytes.AsSpan(0, bytes);
    }

    /// <summary>Room for the offsets of all entries, to be filled by the caller.</summary>
    public Span<int> TakeOffsets()
    {
        if (_offsets.Length <= Entries) _offsets = GC.AllocateUninitializedArray<int>(Entries + 1);
        HasOffsets = true;
        return _offsets.AsSpan(0, Entries + 1);
    }

    /// <summary>A copy of a basket that stood in the tree's own record.</summary>
    public void Take(BasketRecord embedded)
    {
        embedded.Data.CopyTo(Take(embedded.Entries, embedded.Data.Length, embedded.Data.Length));
        embedded.Offsets?.CopyTo(TakeOffsets());
    }
}
