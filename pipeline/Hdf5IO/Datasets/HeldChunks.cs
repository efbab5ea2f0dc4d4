using PureHDF.VOL.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// Unpacked chunks of a dataset, held from one read to the next: as many as the rows of one cross. PureHDF's own cache lives for one
/// read, so
/// that a chunk would be unpacked again for each batch of rows in it.
/// </summary>
internal sealed class HeldChunks(Hdf5Place at, Hdf5Dataset shape, byte[]? fill, Action beforeRead) : IReadingChunkCache
{
    private const int MostChunkBytes = 256 << 20, MostHeldBytes = 64 << 20;

    private readonly ChunkUnpacker _unpacker = new(shape.Filters);
    private readonly Dictionary<ulong, byte[]> _held = [];
    private readonly Queue<ulong> _order = [];
    private readonly long _across = Across(shape);
    private readonly long _bytes = BytesOf(at, shape);

    public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkReader)
    {
        if (_held.TryGetValue(chunkIndex, out byte[]? held)) return held;
        byte[] chunk = Room();
        beforeRead();
        try { Take(chunkReader(), chunk); }
        catch (InvalidDataException damaged)
        {
            throw Hdf5Errors.BadChunk(at, (long)chunkIndex / _across * shape.Chunk[0], damaged.Message);
        }
        _held.Add(chunkIndex, chunk);
        _order.Enqueue(chunkIndex);
        return chunk;
    }

    private void Take(Memory<byte> found, byte[] chunk)
    {
        if (StoredChunk.In(found) is { } stored)
            using (stored as IDisposable) _unpacker.Unpack(stored.Bytes, chunk);
        // Values without filters, or of a chunk that was never written; any other means that a damaged mask switched all filters off.
        else if (found.Length == chunk.Length && (shape.Filters.Count == 0 || IsFill(found.Span))) found.CopyTo(chunk);
        else throw new InvalidDataException("a mask that leaves no filter");
    }

    private bool IsFill(ReadOnlySpan<byte> values)
    {
        int size = shape.Type.Size;
        return values.Length >= size && (fill is null ? values[..size].IndexOfAnyExcept((byte)0) < 0 : values[..size].SequenceEqual(fill))
            && values[size..].SequenceEqual(values[..^size]);
    }

    // The memory of the chunk that has been held longest, if no more may be held.
    private byte[] Room()
    {
        if (_held.Count < Math.Min(_across, Math.Max(1, MostHeldBytes / _bytes))) return new byte[_bytes];
        _held.Remove(_order.Dequeue(), out byte[]? oldest);
        return oldest!;
    }

    private static long Across(Hdf5Dataset shape)
    {
        double chunks = 1;
        for (int axis = 1; axis < shape.Chunk.Count; axis++) chunks *= Math.Ceiling((double)shape.Shape[axis] / shape.Chunk[axis]);
        return (long)Math.Clamp(chunks, 1, int.MaxValue);
    }

    private static long BytesOf(Hdf5Place at, Hdf5Dataset shape)
    {
        double bytes = shape.Chunk.Aggregate((double)shape.Type.Size, (product, length) => product * length);
        return bytes is > 0 and <= MostChunkBytes
            ? (long)bytes
            : throw Hdf5Errors.TooLarge(at, "a chunk", bytes < long.MaxValue ? (long)bytes : -1);
    }
}
