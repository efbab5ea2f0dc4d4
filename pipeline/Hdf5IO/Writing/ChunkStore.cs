namespace TauPipeline.Hdf5IO;

/// <summary>A packed chunk: bytes in memory, or a place beside the file.</summary>
internal readonly record struct PackedChunk(byte[]? Bytes, long At, int Length);

/// <summary>
/// Packed chunks of a file until it is written, when all lengths are known. From 64 MiB on they lie in the file's folder, in a file that
/// has lost its name: whatever becomes of this process, nothing is left behind.
/// </summary>
internal sealed class ChunkStore(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private long _held;
    private long _end;
    private FileStream? _beside;
    private byte[] _read = [];

    /// <summary>Bytes of all chunks that are held in memory at most.</summary>
    public static long MostHeld => 64 << 20;

    /// <summary>Takes a chunk.</summary>
    public PackedChunk Add(ReadOnlySpan<byte> chunk)
    {
        lock (_gate)
        {
            if (_held + chunk.Length <= MostHeld)
            {
                _held += chunk.Length;
                return new PackedChunk(chunk.ToArray(), 0, chunk.Length);
            }
            RandomAccess.Write((_beside ??= Nameless()).SafeFileHandle, chunk, _end);
            _end += chunk.Length;
            return new PackedChunk(null, _end - chunk.Length, chunk.Length);
        }
    }

    /// <summary>Its bytes, good until the next call.</summary>
    public Memory<byte> Get(PackedChunk chunk)
    {
        if (chunk.Bytes is not null) return chunk.Bytes;
        if (_read.Length < chunk.Length) _read = new byte[chunk.Length];
        Memory<byte> bytes = _read.AsMemory(0, chunk.Length);
        _beside!.Position = chunk.At;
        _beside.ReadExactly(bytes.Span);
        return bytes;
    }

    public void Dispose() => _beside?.Dispose();

    private FileStream Nameless()
    {
        string name = $"{path}.chunks";
        var file = new FileStream(name, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        File.Delete(name);
        return file;
    }
}
