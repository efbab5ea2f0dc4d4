using System.Buffers;
using System.Runtime.InteropServices;
using PureHDF.Filters;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// A chunk as it lies in the file, all its filters still applied: what PureHDF is made to give instead of values. A copy, for PureHDF
/// gives its own buffer away as soon as it has given the chunk; good until it is disposed of.
/// </summary>
internal sealed class StoredChunk : MemoryManager<byte>
{
    private readonly int _length;
    private byte[] _bytes;

    public StoredChunk(ReadOnlySpan<byte> bytes)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(bytes.Length);
        _length = bytes.Length;
        bytes.CopyTo(_bytes);
    }

    public ReadOnlySpan<byte> Bytes => GetSpan();

    /// <summary>
    /// The stored chunk behind some memory; <see langword="null"/> if it is values, as of a chunk without filters or one never written.
    /// </summary>
    public static StoredChunk? In(Memory<byte> found) =>
        MemoryMarshal.TryGetMemoryManager<byte, StoredChunk>(found, out StoredChunk? stored) ? stored : null;

    public override Span<byte> GetSpan() => _bytes.AsSpan(0, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin() { }

    protected override void Dispose(bool disposing)
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}

/// <summary>
/// Stands in PureHDF's registry for a filter, and does nothing: chunks are unpacked by <see cref="ChunkUnpacker"/> and packed by
/// <see cref="ChunkPacker"/>. PureHDF 2.2.0's own shuffle writes wrong bytes for elements over 16 bytes, its fletcher32 gives away a
/// buffer that is still read, and it asks for each filter's bit of the mask one too high.
/// </summary>
internal sealed class UndoneLater(int id) : IH5Filter
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        foreach (int known in Hdf5Filter.Known) H5Filter.Register(new UndoneLater(known));
        return true;
    });

    public ushort FilterId => (ushort)id;

    public string Name => Hdf5Filter.NameOf(id);

    /// <summary>Takes the filters' places, once a process: the registry is PureHDF's own, and everybody's.</summary>
    public static void Register() => _ = Registered.Value;

    public Memory<byte> Filter(FilterInfo info) => info.Flags.HasFlag(H5FilterFlags.Decompress) && StoredChunk.In(info.Buffer) is null
        ? new StoredChunk(info.Buffer.Span).Memory
        : info.Buffer;

    /// <summary>What stands in the file beside the filter's number.</summary>
    public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) => id switch
    {
        Hdf5Filter.Shuffle => [typeSize],
        Hdf5Filter.Deflate => [1],
        _ => [],
    };
}
