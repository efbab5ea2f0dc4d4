using System.Buffers.Binary;
using System.Text;

namespace TauPipeline.RootIO;

/// <summary>Grows a record of big-endian numbers, strings and objects.</summary>
internal sealed class RootWriter
{
    private const uint ByteCountFlag = 0x40000000, NewClass = 0xFFFFFFFF;
    private const uint OnHeap = 0x03000000;
    private const int LongString = 255;
    private byte[] _bytes = new byte[1024];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Room for further bytes, to be filled by the caller.</summary>
    public Span<byte> Extend(int count)
    {
        if (Length + count > _bytes.Length)
            System.Array.Resize(ref _bytes, (int)Math.Min(System.Array.MaxLength, Math.Max(2L * _bytes.Length, Length + (long)count)));
        Span<byte> room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }

    public void Clear() => Length = 0;

    public RootWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Extend(bytes.Length));
        return this;
    }

    public RootWriter U8(int value)
    {
        Extend(1)[0] = (byte)value;
        return this;
    }

    public RootWriter I16(int value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Extend(2), (short)value);
        return this;
    }

    public RootWriter I32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Extend(4), value);
        return this;
    }

    public RootWriter U32(uint value) => I32((int)value);

    public RootWriter I64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Extend(8), value);
        return this;
    }

    public RootWriter F32(float value) => I32(BitConverter.SingleToInt32Bits(value));

    public RootWriter F64(double value) => I64(BitConverter.DoubleToInt64Bits(value));

    /// <summary>A position in the file, in the 32-bit or the 64-bit form of its record.</summary>
    public RootWriter Seek(long position, bool large) => large ? I64(position) : I32((int)position);

    public RootWriter String(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        StringHead(length);
        Encoding.UTF8.GetBytes(text, Extend(length));
        return this;
    }

    /// <summary>The length of a string, which stands before its bytes.</summary>
    public RootWriter StringHead(int length) => length < LongString ? U8(length) : U8(LongString).I32(length);

    /// <summary>Bytes of a string as written by <see cref="String"/>.</summary>
    public static int StringBytes(string text) =>
        Encoding.UTF8.GetByteCount(text) is var length && length < LongString ? 1 + length : 5 + length;

    /// <summary>The head of a versioned object; its byte count is set by <see cref="End"/> with what this returns.</summary>
    public int Begin(int version)
    {
        int start = Length;
        I32(0).I16(version);
        return start;
    }

    /// <summary>A pointer to a new object of that class; ended by <see cref="End"/> too.</summary>
    public int BeginPointer(string className)
    {
        int start = Length;
        I32(0).U32(NewClass).Bytes(Encoding.UTF8.GetBytes(className)).U8(0);
        return start;
    }

    public void End(int start) => BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(start), ByteCountFlag | (uint)(Length - start - 4));

    public RootWriter Null() => I32(0);

    public RootWriter TObject() => I16(1).U32(0).U32(OnHeap);

    public RootWriter TNamed(string name, string title)
    {
        int start = Begin(1);
        TObject().String(name).String(title);
        End(start);
        return this;
    }

    /// <summary>A TObjArray of that many items, each written by the caller's function.</summary>
    public RootWriter Array(int count, Action<int> item)
    {
        int start = Begin(3);
        TObject().String("").I32(count).I32(0);
        for (int i = 0; i < count; i++) item(i);
        End(start);
        return this;
    }
}
