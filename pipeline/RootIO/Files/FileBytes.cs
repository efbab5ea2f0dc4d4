using Microsoft.Win32.SafeHandles;

namespace TauPipeline.RootIO;

/// <summary>The bytes of a file by position, or of a copy in memory; safe to use from several threads.</summary>
internal sealed class FileBytes : IDisposable
{
    private readonly SafeFileHandle? _handle;
    private readonly ReadOnlyMemory<byte> _memory;

    public FileBytes(string path)
    {
        Path = path;
        try
        {
            _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Length = RandomAccess.GetLength(_handle);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException) { throw RootErrors.Unreadable(path, cause); }
    }

    /// <summary>A file that is in memory already, under the name it has in messages.</summary>
    public FileBytes(string name, ReadOnlyMemory<byte> content) => (Path, _memory, Length) = (name, content, content.Length);

    public string Path { get; }

    public long Length { get; }

    /// <summary>Fills the target from that position, or says that the file is truncated.</summary>
    public void Read(long position, Span<byte> target, Place place)
    {
        Require(position, target.Length, place);
        if (_handle is null)
        {
            _memory.Span.Slice((int)position, target.Length).CopyTo(target);
            return;
        }
        while (!target.IsEmpty)
        {
            int read;
            try { read = RandomAccess.Read(_handle, target, position); }
            catch (IOException cause) { throw RootErrors.Unreadable(Path, cause); }
            if (read == 0) throw RootErrors.Truncated(place, position + target.Length, position);
            position += read;
            target = target[read..];
        }
    }

    /// <summary>Checks a length against the file before anything is allocated for it.</summary>
    public void Require(long position, long count, Place place)
    {
        if (position < 0 || count < 0) throw RootErrors.Damaged(place, "a position", "0 or more", $"{count} bytes at {position}");
        if (position > Length - count) throw RootErrors.Truncated(place, position + count, Length);
    }

    public void Dispose() => _handle?.Dispose();
}
