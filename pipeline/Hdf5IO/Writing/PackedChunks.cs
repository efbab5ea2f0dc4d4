using PureHDF.VOL.Native;
using TauPipeline.Foundation;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// The packed chunks of one dataset, given to PureHDF as if a cache had held them: it asks for all when it describes the dataset, and
/// writes
/// what it gets, for its filters do nothing.
/// </summary>
internal sealed class PackedChunks(ChunkStore store, ChunkPacker packer) : IWritingChunkCache
{
    private readonly List<PackedChunk> _chunks = [];
    private bool _isGiven;

    /// <summary>Packs one more chunk and keeps it.</summary>
    public void Add(ReadOnlySpan<byte> chunk, int elementSize) => _chunks.Add(store.Add(packer.Pack(chunk, elementSize)));

    public void Flush(Action<ulong, Memory<byte>> chunkWriter)
    {
        if (_isGiven) return;
        _isGiven = true;
        for (int i = 0; i < _chunks.Count; i++) chunkWriter((ulong)i, store.Get(_chunks[i]));
    }

    public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkAllocator, Action<ulong, Memory<byte>> chunkWriter) =>
        throw new Defect($"chunk {chunkIndex} is written unpacked");
}
