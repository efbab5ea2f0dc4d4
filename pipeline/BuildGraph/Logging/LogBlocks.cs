using Microsoft.Win32.SafeHandles;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Reads a log from its start through one buffer, which is as large as the largest record needs.
/// </summary>
internal sealed class LogBlocks(SafeFileHandle file)
{
    private const int BlockSize = 64 << 10;
    private readonly long _length = RandomAccess.GetLength(file);
    private byte[] _block = new byte[BlockSize];
    private int _at, _filled;
    private long _read;

    /// <summary>Bytes that have not been taken.</summary>
    public long Left => _length - _read + (_filled - _at);

    /// <summary>The next bytes, which stay next, until more are asked for; fewer if the file ends before.</summary>
    public ReadOnlyMemory<byte> Peek(int size)
    {
        if (_filled - _at < size) Fill(size);
        return _block.AsMemory(_at, Math.Min(size, _filled - _at));
    }

    /// <summary>Goes on behind as many bytes, which were peeked at before.</summary>
    public void Skip(int size) => _at += size;

    private void Fill(int size)
    {
        byte[] from = _block;
        if (size > _block.Length) _block = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(2L * from.Length, size), Left));
        from.AsSpan(_at, _filled - _at).CopyTo(_block);
        (_at, _filled) = (0, _filled - _at);
        for (int read; _filled < _block.Length && (read = RandomAccess.Read(file, _block.AsSpan(_filled), _read)) > 0; _read += read)
            _filled += read;
    }
}
