using System.Buffers.Binary;
using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Little-endian numbers, texts and blocks one after the other, in one buffer that is used again for every record.</summary>
/// <param name="room">About how many bytes there will be.</param>
internal sealed class LogWriter(int room = 1024)
{
    private byte[] _bytes = new byte[room];
    private int _length;

    /// <summary>All since <see cref="Clear"/>.</summary>
    public Span<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Begins again, after as many bytes as the caller will fill in himself.</summary>
    public void Clear(int head) => _length = head;

    public void Byte(byte value) => Take(1)[0] = value;

    public void Long(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void Hash(ContentHash hash) => hash.WriteTo(Take(32));

    public void Stamp(FileStamp stamp)
    {
        Long(stamp.Size);
        Long(stamp.Modified);
        Long(stamp.Changed);
        Long((long)stamp.Inode);
        Long((long)stamp.Device);
    }

    /// <summary>A text with its length before it.</summary>
    public void Text(string text)
    {
        Span<byte> length = Take(4);
        BinaryPrimitives.WriteInt32LittleEndian(length, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, Take(Encoding.UTF8.GetByteCount(text)));
    }

    /// <summary>Bytes with their number before them.</summary>
    public void Block(ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Take(4), bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
    }

    private Span<byte> Take(int size)
    {
        if (_length + size > _bytes.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + size));
        _length += size;
        return _bytes.AsSpan(_length - size, size);
    }
}
