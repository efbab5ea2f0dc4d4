using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// The rows of one dataset for mixing: its shards one after the other, shuffled in blocks that go across shards. One block is
/// in memory; no file is open from one block to the next.
/// </summary>
internal sealed class DatasetRows
{
    private readonly ShardSequence _shards;
    private readonly EntryRange _range;
    private readonly BlockShuffle _shuffle;
    private readonly long _firstBlock;

    /// <summary>The part of a dataset's rows that is one of several jobs' share.</summary>
    public DatasetRows(StepRun run, IReadOnlyList<PartShard> shards, string group, (int Number, int Count) job)
    {
        Dataset = shards[0].Dataset;
        _shards = new ShardSequence(run, [.. shards.Select(shard => shard.Shard)]);
        _shuffle = new BlockShuffle(run.Seed("blocks"), $"{group}/{Dataset.Name}");
        long total = _shards.Rows;
        Total = total;
        // Of a dataset of fewer rows than jobs some get one row, and others none; else the remainder is the last one's.
        _range = total < job.Count
            ? EvenCut.Of(new EntryRange(0, total), job.Number, job.Count)
            : EntryRange.OfShard(total, job.Count, job.Number);
        _firstBlock = (long)job.Number << 32;
    }

    public Dataset Dataset { get; }

    /// <summary>Its rows in this job.</summary>
    public long Rows => _range.End - _range.First;

    /// <summary>Its rows in all jobs.</summary>
    public long Total { get; }

    /// <summary>Columns of constant value that its rows get.</summary>
    public IReadOnlyList<(string Name, ulong Value)> Ids { get; init; } = [];

    /// <summary>Counts this job's rows.</summary>
    public void Count(Spectrum spectrum)
    {
        foreach (IEnumerable<Batch> pieces in _shards.Blocks(_range, int.MaxValue, SpectrumStage.Columns))
            foreach (Batch piece in pieces) spectrum.Fill(piece);
    }

    /// <summary>All rows as candidates without a number.</summary>
    /// <param name="blockRows">Rows that are shuffled together.</param>
    /// <param name="classes">The classes of the campaign.</param>
    /// <param name="held">Is told by how many bytes the block in memory is larger than the one before.</param>
    public IEnumerable<MixCandidate> Read(int blockRows, ClassScheme classes, Action<long> held)
    {
        IEnumerable<IEnumerable<Batch>> blocks = _shards.Blocks(_range, blockRows).Select(pieces => pieces.Select(WithDataset));
        return new ShuffledBlocks(_shuffle, held).Rows(blocks, _firstBlock, piece => Candidates(piece, classes));
    }

    private static MixCandidate[] Candidates(Batch batch, ClassScheme classes)
    {
        ReadOnlySpan<int> type = batch.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> eta = batch.Flat<float>(CandidateColumns.Eta), pt = batch.Flat<float>(CandidateColumns.Pt);
        ReadOnlySpan<float> weight = batch.Flat<float>(CandidateColumns.Weight);
        var candidates = new MixCandidate[batch.Rows];
        for (int i = 0; i < candidates.Length; i++)
            candidates[i] = new MixCandidate(0, classes.Of(type[i]), Math.Abs(eta[i]), pt[i])
            {
                Weight = weight[i],
                Row = new BatchRow(batch, i),
            };
        return candidates;
    }

    private Batch WithDataset(Batch batch)
    {
        var index = new int[batch.Rows];
        Array.Fill(index, Dataset.Index);
        Batch known = batch.With(new Column<int>(CandidateColumns.Dataset, index));
        foreach ((string name, ulong value) in Ids)
        {
            var ids = new ulong[batch.Rows];
            Array.Fill(ids, value);
            known = known.With(new Column<ulong>(name, ids));
        }
        return known;
    }
}
