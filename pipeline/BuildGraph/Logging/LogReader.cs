using System.Buffers.Binary;
using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Reads what <see cref="LogWriter"/> wrote; nothing is read beyond the end.</summary>
internal ref struct LogReader(ReadOnlyMemory<byte> bytes)
{
    private readonly ReadOnlyMemory<byte> _bytes = bytes;
    private readonly ReadOnlySpan<byte> _span = bytes.Span; // made out of a Memory anew, it costs more than the reading
    private int _at;

    public byte Byte() => Next(1)[0];

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Next(8));

    public ContentHash Hash() => ContentHash.From(Next(32));

    public FileStamp Stamp() => new(Long(), Long(), Long(), (ulong)Long(), (ulong)Long());

    public string Text() => Encoding.UTF8.GetString(Next(Length()));

    /// <summary>A block, as a part of the bytes themselves.</summary>
    public ReadOnlyMemory<byte> Block()
    {
        int length = Length();
        Next(length);
        return _bytes.Slice(_at - length, length);
    }

    /// <summary>How many entries follow: never more than there are bytes.</summary>
    /// <exception cref="InvalidDataException">It cannot be.</exception>
    public int Count() =>
        Long() is var count && count >= 0 && count <= _bytes.Length - _at ? (int)count : throw new InvalidDataException($"count {count}");

    private int Length() => BinaryPrimitives.ReadInt32LittleEndian(Next(4));

    private ReadOnlySpan<byte> Next(int size)
    {
        if (size < 0 || size > _span.Length - _at) throw Beyond(size);
        _at += size;
        return _span.Slice(_at - size, size);
    }

    private readonly InvalidDataException Beyond(int size) => new($"{size} bytes at {_at} of {_bytes.Length}");
}
