using System.Buffers.Binary;

namespace TauPipeline.RootIO;

/// <summary>Reads big-endian numbers, strings and object headers off a record; never beyond its end.</summary>
internal ref struct RootReader(ReadOnlySpan<byte> bytes, Place place, int position = 0)
{
    private const uint ByteCountFlag = 0x40000000;
    private const int IsReferenced = 0x10;
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Where the record stands, for messages.</summary>
    public readonly Place Place => place;

    /// <summary>The next byte to be read.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => _bytes.Length - Position;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if ((uint)count > (uint)Left) throw RootErrors.PastTheEnd(place, Position, count, Left);
        ReadOnlySpan<byte> taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    public void Skip(int count) => Bytes(count);

    public void MoveTo(int target)
    {
        if ((uint)target > (uint)_bytes.Length) throw RootErrors.PastTheEnd(place, Position, target - Position, Left);
        Position = target;
    }

    public byte U8() => Bytes(1)[0];
    public bool Bool() => U8() != 0;
    public short I16() => BinaryPrimitives.ReadInt16BigEndian(Bytes(2));
    public ushort U16() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));
    public int I32() => BinaryPrimitives.ReadInt32BigEndian(Bytes(4));
    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));
    public long I64() => BinaryPrimitives.ReadInt64BigEndian(Bytes(8));
    public double F64() => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8));

    /// <summary>A count of things of at least <paramref name="size"/> bytes each that must still fit into the record.</summary>
    public int Count(int size)
    {
        int count = I32();
        if (count < 0 || (long)count * size > Left) throw RootErrors.TooMany(place, Position - 4, count, Left / size);
        return count;
    }

    /// <summary>The bytes of a ROOT string: one length byte, or 255 and a 32-bit length.</summary>
    public ReadOnlySpan<byte> StringBytes()
    {
        int length = U8();
        return Bytes(length == 255 ? I32() : length);
    }

    public string String() => RootText.Decode(StringBytes());

    /// <summary>A text that ends with a zero byte (class names).</summary>
    public string CString()
    {
        int length = _bytes[Position..].IndexOf((byte)0);
        string text = RootText.Decode(Bytes(length < 0 ? Left + 1 : length));
        Skip(1);
        return text;
    }

    /// <summary>The head of a versioned object. Without a byte count (very old classes) the end is unknown.</summary>
    public ObjectHeader Header()
    {
        int start = Position;
        uint word = Left >= 4 ? U32() : 0;
        if ((word & ByteCountFlag) == 0)
        {
            MoveTo(start);
            return new ObjectHeader(U16(), null);
        }
        int length = (int)(word & ~ByteCountFlag);
        if (length < 2 || length > Left) throw RootErrors.PastTheEnd(place, start, length, Left);
        int end = Position + length;
        return new ObjectHeader(U16(), end);
    }

    /// <summary>Leaves an object, whatever of it was understood: this is what makes newer versions readable.</summary>
    public void Leave(ObjectHeader header)
    {
        if (header.End is not { } end) return;
        if (end < Position) throw RootErrors.ReadTooFar(place, Position, end);
        MoveTo(end);
    }

    /// <summary>Passes over an object that must have a byte count.</summary>
    public void SkipObject()
    {
        ObjectHeader header = Header();
        if (header.End is null) throw RootErrors.NoByteCount(place, Position);
        Leave(header);
    }

    /// <summary>Passes over the TObject part of an object.</summary>
    public void SkipTObject()
    {
        ObjectHeader header = Header();
        Skip(4);
        uint bits = U32();
        if ((bits & IsReferenced) != 0) Skip(2);
        Leave(header);
    }

    /// <summary>Name and title.</summary>
    public (string Name, string Title) TNamed()
    {
        ObjectHeader header = Header();
        SkipTObject();
        string name = String(), title = String();
        Leave(header);
        return (name, title);
    }
}

/// <summary>Version of an object, and the byte after its last (unknown if it was written without a byte count).</summary>
internal readonly record struct ObjectHeader(ushort Version, int? End);
