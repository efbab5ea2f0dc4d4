using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Shards written and read whole.</summary>
internal static class ShardRows
{
    public static void Put(this StageBench bench, Artifact shard, Batch rows)
    {
        using TupleShardWriter writer = TupleShardWriter.Create(new ProductOutput(bench.At(shard)));
        writer.Begin(rows.Schema, new Dictionary<string, string>());
        writer.Append(rows);
        writer.Complete();
    }

    public static Batch Rows(this StageBench bench, Artifact shard)
    {
        using TupleShardReader reader = TupleShardReader.Open(new ProductInput(bench.At(shard)));
        return reader.Read(0, (int)reader.Rows);
    }

    /// <summary>The same rows with azimuth: all that candidates are told apart by.</summary>
    public static Batch WithKinematics(this Batch rows) => rows.With(ScoredBatch.Constant(CandidateColumns.Phi, 1f, rows.Rows));

    /// <summary>
    /// Candidates of these types, one an event from <paramref name="firstEvent"/> on, at pt 30 unless stated, eta 1 and decay mode 1.
    /// </summary>
    public static Batch Of(IReadOnlyList<TauClass> types, ulong firstEvent = 0, Func<int, float>? pt = null) => new(
    [
        ScoredBatch.Constant(CandidateColumns.Run, 1u, types.Count), ScoredBatch.Constant(CandidateColumns.Lumi, 1u, types.Count),
        new Column<ulong>(CandidateColumns.Evt, types.Select((_, i) => firstEvent + (ulong)i).ToArray()),
        ScoredBatch.Constant(CandidateColumns.JetIndex, 0, types.Count), ScoredBatch.Constant(CandidateColumns.TauIndex, 0, types.Count),
        new Column<float>(CandidateColumns.Pt, types.Select((_, i) => pt?.Invoke(i) ?? 30).ToArray()),
        ScoredBatch.Constant(CandidateColumns.Eta, 1f, types.Count),
        ScoredBatch.Constant(CandidateColumns.DecayMode, 1, types.Count),
        ScoredBatch.Constant(CandidateColumns.Weight, 1f, types.Count),
        new Column<int>(CandidateColumns.Type, types.Select(type => type.Index).ToArray()),
    ]);
}
