using System.Buffers.Binary;

namespace TauPipeline.RootIO;

/// <summary>Reads little-endian numbers, strings and frames off an RNTuple envelope; never beyond its end (spec section 6).</summary>
internal ref struct LittleEndianReader(ReadOnlySpan<byte> bytes, Place place)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Where the envelope stands, for messages.</summary>
    public readonly Place Place => place;

    /// <summary>The next byte to be read.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => _bytes.Length - Position;

    public ReadOnlySpan<byte> Bytes(long count)
    {
        if (count < 0 || count > Left) throw RootErrors.PastTheEnd(place, Position, count, Left);
        ReadOnlySpan<byte> taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));
    public int I32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));
    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));
    public long I64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));
    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));
    public double F64() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(8));

    /// <summary>A length or position: 64 bits unsigned in the file, but never more than a file can have.</summary>
    public long Length()
    {
        ulong length = U64();
        return length <= long.MaxValue
            ? (long)length
            : throw RootErrors.Damaged(place, "an RNTuple", "a length", $"{length} before byte {Position}");
    }

    public string String() => RootText.Decode(Bytes(U32()));

    /// <summary>Enters a record frame.</summary>
    public Frame Record() => Enter(isList: false);

    /// <summary>Enters a list frame, whose items have at least <paramref name="smallestItem"/> bytes each.</summary>
    public Frame List(int smallestItem)
    {
        Frame frame = Enter(isList: true);
        if ((long)frame.Count * smallestItem > frame.End - Position)
            throw RootErrors.TooMany(place, Position - 4, (int)Math.Min(frame.Count, int.MaxValue), (frame.End - Position) / smallestItem);
        return frame;
    }

    /// <summary>Leaves a frame, whatever of it was understood: newer writers may append to it.</summary>
    public void Leave(Frame frame)
    {
        if (Position > frame.End) throw RootErrors.ReadTooFar(place, Position, frame.End);
        Position = frame.End;
    }

    private Frame Enter(bool isList)
    {
        int start = Position;
        long size = I64();
        if (size < 0 != isList)
            throw RootErrors.Damaged(place, "an RNTuple", $"a {(isList ? "list" : "record")} frame at byte {start}", $"size {size}");
        long length = isList ? -size : size;
        if (size == long.MinValue || length < 8 || length > _bytes.Length - start)
            throw RootErrors.PastTheEnd(place, start, length, _bytes.Length - start);
        return new Frame(start + (int)length, isList ? U32() : 0);
    }
}

/// <summary>Where a frame ends, and for a list its number of items.</summary>
internal readonly record struct Frame(int End, uint Count);
