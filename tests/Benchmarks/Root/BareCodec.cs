using System.Buffers.Binary;
using System.Text;
using TauPipeline.Codecs;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>The compressed blocks of all baskets of a file, found by walking its records; unpacked by nothing but the codec.</summary>
internal sealed class BareCodec
{
    private const int Threads = 2;
    private const int FirstRecord = 100, BlockHead = 9, Checksum = 8;
    private readonly List<(byte[] Stored, int Bytes)> _blocks = [];
    private readonly List<(long Position, int Bytes)> _baskets = [];
    private readonly string _path;
    private readonly CodecKind _kind;
    private readonly byte[][] _targets;

    public BareCodec(string path, CodecKind kind)
    {
        (_path, _kind) = (path, kind);
        byte[] file = File.ReadAllBytes(path);
        for (int at = FirstRecord; at + 18 < file.Length;)
        {
            int bytes = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)),
                key = BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at + 14));
            if (bytes < key) throw new Defect($"no record at byte {at} of {path}");
            // The class name follows two 32-bit positions.
            if (Encoding.ASCII.GetString(file, at + 27, file[at + 26]) == "TBasket")
            {
                Add(file.AsSpan(at + key, bytes - key), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 6)));
                _baskets.Add((at, bytes));
            }
            at += bytes;
        }
        _targets = [.. Enumerable.Range(0, Threads).Select(_ => new byte[_blocks.Max(block => block.Bytes)])];
    }

    /// <summary>Bytes in the file.</summary>
    public long Stored => _blocks.Sum(block => (long)block.Stored.Length);

    /// <summary>Bytes they unpack to.</summary>
    public long Unpacked => _blocks.Sum(block => (long)block.Bytes);

    public void UnpackAll() => Unpack(0, 1);

    /// <summary>The same on two threads, every other block each: what two processors of this machine give at best.</summary>
    public void UnpackOnTwoThreads() =>
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread => Unpack(thread, Threads));

    /// <summary>The same, but each basket is read from the file first: no reader can do with less.</summary>
    public void ReadAndUnpackAll()
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(_path);
        var room = new byte[_baskets.Max(basket => basket.Bytes)];
        foreach ((long position, int bytes) in _baskets) RandomAccess.Read(file, room.AsSpan(0, bytes), position);
        UnpackAll();
    }

    private void Unpack(int first, int step)
    {
        for (int i = first; i < _blocks.Count; i += step)
        {
            (byte[] stored, int bytes) = _blocks[i];
            if (
                !Codec.Decompress(
                    stored.Length == bytes ? CodecKind.None : _kind,
                    stored,
                    _targets[first].AsSpan(0, bytes),
                    out string fault))
                throw new Defect(fault);
        }
    }

    private void Add(ReadOnlySpan<byte> payload, int bytes)
    {
        if (payload.Length == bytes)
        {
            _blocks.Add((payload.ToArray(), bytes));
            return;
        }
        while (!payload.IsEmpty)
        {
            int stored = Three(payload[3..]), checksum = _kind == CodecKind.Lz4 ? Checksum : 0;
            _blocks.Add((payload.Slice(BlockHead + checksum, stored - checksum).ToArray(), Three(payload[6..])));
            payload = payload[(BlockHead + stored)..];
        }
    }

    private static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
