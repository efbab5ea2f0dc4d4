using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using PureHDF;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// A file's bytes for PureHDF, which follows addresses wherever they lead: pages for its many small reads, and an end to structures of a
/// damaged file that contain themselves (the stack would overflow) or follow each other in a circle.
/// </summary>
internal sealed class GuardedBytes : Stream, IDatasetStream
{
    private const int PageBytes = 8192;

    // A walk through the largest index of chunks or names takes a hundredth of it.
    private const int MostReads = 20_000_000;

    private readonly SafeFileHandle _file;
    private readonly byte[] _page = new byte[PageBytes];
    private long _pageAt;
    private int _pageLength;
    private int _reads;

    public GuardedBytes(string path)
    {
        // Shared with everybody: the engine keeps writers and readers of a product apart.
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Length = RandomAccess.GetLength(_file);
    }

    public override long Length { get; }

    public override long Position { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    /// <summary>Begins to count anew: another object, or another chunk, is asked for.</summary>
    public void Renew() => _reads = 0;

    public override int Read(Span<byte> buffer)
    {
        Watch();
        if (buffer.Length >= PageBytes) return Direct(buffer);
        long at = Position - _pageAt;
        if (at < 0 || at >= _pageLength)
        {
            _pageAt = Position;
            _pageLength = RandomAccess.Read(_file, _page, _pageAt);
            at = 0;
        }
        int bytes = Math.Min(buffer.Length, _pageLength - (int)at);
        _page.AsSpan((int)at, bytes).CopyTo(buffer);
        Position += bytes;
        return bytes;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads values from some place in the file, past the pages.</summary>
    public void ReadDataset(long at, Span<byte> buffer)
    {
        Position = at;
        ReadDataset(buffer);
    }

    /// <summary>Reads values or a chunk, past the pages.</summary>
    public void ReadDataset(Span<byte> buffer)
    {
        Watch();
        while (!buffer.IsEmpty)
        {
            int bytes = Direct(buffer);
            if (bytes == 0) throw new EndOfStreamException($"data that should end at byte {Position + buffer.Length} of {Length}");
            buffer = buffer[bytes..];
        }
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        long to = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? Position : Length);
        return to >= 0 && to <= Length
            ? Position = to
            : throw new InvalidDataException($"an address outside of the file: {to} of {Length}");
    }

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private int Direct(Span<byte> buffer)
    {
        int bytes = RandomAccess.Read(_file, buffer, Position);
        Position += bytes;
        return bytes;
    }

    private void Watch()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_reads > MostReads) throw new InvalidDataException("structures that have no end");
    }
}
