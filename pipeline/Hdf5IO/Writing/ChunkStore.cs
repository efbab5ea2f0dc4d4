using System.Buffers;

namespace TauPipeline.Hdf5IO;

/// <summary>A packed chunk: bytes in memory, or a place beside the file.</summary>
/// <param name="Held">Its bytes; empty if it lies beside the file.</param>
/// <param name="At">Where it lies beside the file.</param>
/// <param name="Length">Its length.</param>
internal readonly record struct PackedChunk(Memory<byte> Held, long At, int Length);

/// <summary>
/// Packed chunks of a file until it is written, when all lengths are known. From 64 MiB on they lie in the file's folder, in a file that
/// has lost its name: whatever becomes of this process, nothing is left behind.
/// </summary>
internal sealed class ChunkStore(string path) : IDisposable
{
    private const long MostHeld = 64 << 20;

    // Chunks stand in blocks that the next file uses again; small files get by with a small one.
    private const int FirstBlock = 1 << 16, LargestBlock = 1 << 20;

    private readonly List<byte[]> _blocks = [];
    private Memory<byte> _free;
    private int _block = FirstBlock;
    private long _held;
    private long _end;
    private FileStream? _beside;
    private byte[] _read = [];

    /// <summary>Takes a chunk.</summary>
    /// <exception cref="IOException">It does not fit into memory and cannot be written beside the file.</exception>
    public PackedChunk Add(ReadOnlySpan<byte> chunk)
    {
        if (_held + chunk.Length > MostHeld) return AddBeside(chunk);
        if (_free.Length < chunk.Length)
        {
            byte[] block = ArrayPool<byte>.Shared.Rent(Math.Max(_block, chunk.Length));
            _blocks.Add(block);
            _free = block;
            _block = Math.Min(2 * _block, LargestBlock);
        }
        Memory<byte> held = _free[..chunk.Length];
        _free = _free[chunk.Length..];
        _held += chunk.Length;
        chunk.CopyTo(held.Span);
        return new PackedChunk(held, 0, chunk.Length);
    }

    /// <summary>Its bytes, good until the next call.</summary>
    public Memory<byte> Get(PackedChunk chunk)
    {
        if (!chunk.Held.IsEmpty) return chunk.Held;
        if (_read.Length < chunk.Length) _read = new byte[chunk.Length];
        Memory<byte> bytes = _read.AsMemory(0, chunk.Length);
        _beside!.Position = chunk.At;
        _beside.ReadExactly(bytes.Span);
        return bytes;
    }

    public void Dispose()
    {
        foreach (byte[] block in _blocks) ArrayPool<byte>.Shared.Return(block);
        _blocks.Clear();
        _beside?.Dispose();
    }

    private PackedChunk AddBeside(ReadOnlySpan<byte> chunk)
    {
        RandomAccess.Write((_beside ??= Nameless()).SafeFileHandle, chunk, _end);
        _end += chunk.Length;
        return new PackedChunk(default, _end - chunk.Length, chunk.Length);
    }

    private FileStream Nameless()
    {
        string name = $"{path}.chunks";
        var file = new FileStream(name, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        File.Delete(name);
        return file;
    }
}
