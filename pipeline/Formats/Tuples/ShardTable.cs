using System.Runtime.InteropServices;
using TauPipeline.Columns;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>The offsets of a constituents' table on their way into a shard; all its columns must have the same.</summary>
internal sealed class ShardTable : IDisposable
{
    private readonly string _name;
    private readonly Hdf5DatasetWriter _writer;
    private long _total;
    private int[]? _offsets;
    private int[] _counts = [];

    public ShardTable(string name, Hdf5DatasetWriter writer)
    {
        _name = name;
        _writer = writer;
        Store(0);
    }

    /// <summary>Forgets the batch before.</summary>
    public void NextBatch() => _offsets = null;

    /// <summary>The rows' lengths; the first column of a batch sets them, the others must agree.</summary>
    public ReadOnlySpan<int> Counts<T>(JaggedColumn<T> column) where T : unmanaged
    {
        if (_offsets is null)
        {
            _offsets = column.Offsets.ToArray();
            _counts = new int[column.Rows];
            for (int i = 0; i < _counts.Length; i++) _counts[i] = _offsets[i + 1] - _offsets[i];
        }
        else if (!column.Offsets.SequenceEqual(_offsets)) throw FormatErrors.OtherOffsets(_name, column.Spec.Name);
        return _counts;
    }

    /// <summary>Where a row of the batch begins in its columns' values.</summary>
    public int Begin(int row) => _offsets![row];

    public void Append(int from, int to)
    {
        for (int row = from; row < to; row++) Store(_total += _counts[row]);
    }

    public void Flush() => _writer.Flush();

    public void Complete() => _writer.Complete();

    public void Dispose() => _writer.Dispose();

    private void Store(long offset) => _writer.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in offset)));
}
