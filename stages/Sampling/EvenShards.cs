using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Writes rows that come one after the other to several shards, which have as many rows as each other, give or take one. One is open at
/// a time.
/// </summary>
/// <param name="run">The step.</param>
/// <param name="shards">The shards.</param>
/// <param name="rows">Rows that are to come; if fewer do, the last shards have fewer.</param>
/// <param name="begin">Begins a shard.</param>
internal sealed class EvenShards(StepRun run, IReadOnlyList<Artifact> shards, long rows, Action<TupleShardWriter> begin) : IDisposable
{
    private TupleShardWriter? _open;
    private int _shard;

    /// <summary>Writes the next rows.</summary>
    public void Append(Batch batch)
    {
        for (int first = 0, count; first < batch.Rows; first += count)
        {
            _open ??= Begun();
            EntryRange due = EvenCut.Of(new EntryRange(0, rows), _shard, shards.Count);
            bool isLast = _shard == shards.Count - 1;
            count = isLast ? batch.Rows - first : (int)Math.Min(batch.Rows - first, due.End - due.First - _open.Rows);
            _open.Append(count == batch.Rows ? batch : batch.Take([.. Enumerable.Range(first, count)]));
            if (!isLast && _open.Rows == due.End - due.First) Close();
        }
    }

    /// <summary>Finishes the shards, also those that no row came for.</summary>
    public void Complete()
    {
        while (_shard < shards.Count)
        {
            _open ??= Begun();
            Close();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _open?.Dispose();

    private TupleShardWriter Begun()
    {
        TupleShardWriter writer = run.Create<TupleShardWriter>(shards[_shard]);
        begin(writer);
        return writer;
    }

    private void Close()
    {
        _open!.Complete();
        _open.Dispose();
        _open = null;
        _shard++;
    }
}
