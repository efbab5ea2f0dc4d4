using Microsoft.Win32.SafeHandles;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Reads a log from its start, in blocks that stay as long as somebody holds a piece of them. None is so large that the
/// garbage collector looks through the whole heap for it, unless a single record is.
/// </summary>
internal sealed class LogBlocks(SafeFileHandle file)
{
    private const int BlockSize = 64 << 10;
    private readonly long _length = RandomAccess.GetLength(file);
    private byte[] _block = [];
    private int _at, _filled;
    private long _read;

    /// <summary>Bytes that have not been taken.</summary>
    public long Left => _length - _read + (_filled - _at);

    /// <summary>The next bytes, which stay next; fewer if the file ends before.</summary>
    public ReadOnlyMemory<byte> Peek(int size)
    {
        if (_filled - _at < size) Fill(size);
        return _block.AsMemory(_at, Math.Min(size, _filled - _at));
    }

    /// <summary>Goes on behind as many bytes, which were peeked at before.</summary>
    public void Skip(int size) => _at += size;

    private void Fill(int size)
    {
        int rest = _filled - _at;
        byte[] fresh = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(BlockSize, size), Left));
        _block.AsSpan(_at, rest).CopyTo(fresh);
        (_block, _at, _filled) = (fresh, 0, rest);
        for (int read; _filled < fresh.Length && (read = RandomAccess.Read(file, fresh.AsSpan(_filled), _read)) > 0; _read += read)
            _filled += read;
    }
}
