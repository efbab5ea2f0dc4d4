using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Gathers the rows of batches, some batches at a time: goes once through the shards that they need, and puts each row where the plan has
/// it. Only the rows of these batches are in memory.
/// </summary>
internal sealed class BalancedRows(StepRun run, BalancePlan plan)
{
    private const string Again = "taken again in a later batch";

    private static readonly string[] Keys =
        [CandidateColumns.Type, CandidateColumns.Pt, CandidateColumns.Eta, CandidateColumns.Weight];

    /// <summary>The columns of the rows.</summary>
    public Schema Schema { get; } = SchemaOf(run, plan);

    /// <summary>Counts all rows into the ledger, and those that no batch takes out of it.</summary>
    public void Count()
    {
        long[] seen = new long[plan.Regions.Count];
        for (int shard = 0; shard < plan.Shards.Count; shard++)
            foreach (Batch batch in new ShardSequence(run, [plan.Shards[shard].Shard]).Batches(Keys))
            {
                int[] regions = RegionsOf(shard, batch);
                ReadOnlySpan<int> types = batch.Flat<int>(CandidateColumns.Type);
                ReadOnlySpan<float> weights = batch.Flat<float>(CandidateColumns.Weight);
                for (int row = 0; row < regions.Length; row++)
                {
                    string type = plan.Settings.Binning.Classes.Of(types[row]).Name;
                    run.Rows.In(type, 1, weights[row]);
                    if (regions[row] < 0) run.Rows.Dropped("in no region of its process", type, 1, weights[row]);
                    else if (plan.Regions[regions[row]].Rows.Uses(seen[regions[row]]++, plan.Batches) == 0)
                        run.Rows.Dropped("left over behind the last batch", type, 1, weights[row]);
                }
            }
    }

    /// <summary>Writes some batches, one after the other, the rows of each in random order.</summary>
    public void Write(MixWriter writer, (long First, long End) batches, BlockShuffle shuffle)
    {
        int atOnce = Math.Max(1, plan.Settings.RoundRows / Math.Max(1, plan.BatchRows));
        for (long first = batches.First; first < batches.End; first += atOnce)
            writer.Write(Round(first, Math.Min(batches.End, first + atOnce), shuffle));
    }

    private IEnumerable<MixStep> Round(long first, long end, BlockShuffle shuffle)
    {
        int rows = plan.Settings.RowsPerRegion;
        var slots = new MixStep[checked((int)(end - first) * plan.BatchRows)];
        for (int shard = 0; shard < plan.Shards.Count; shard++) Fill(shard, slots, first, end);
        for (long batch = first; batch < end; batch++)
            foreach (int row in shuffle.Order(batch, plan.BatchRows)) yield return slots[(batch - first) * plan.BatchRows + row];
    }

    private void Fill(int shard, MixStep[] slots, long first, long end)
    {
        // The next row of each region in this shard, counted from the region's first shard on.
        long[] next = new long[plan.Regions.Count];
        bool isNeeded = false;
        for (int region = 0; region < next.Length; region++)
        {
            PlannedRegion planned = plan.Regions[region];
            int at = planned.Shards.ToList().IndexOf(shard);
            if (at < 0) continue;
            next[region] = planned.Rows.Files.Take(at).Sum();
            isNeeded |= planned.Rows.TakesFrom(next[region], planned.Rows.Files[at], first, end);
        }
        if (!isNeeded) return;
        foreach (Batch batch in new ShardSequence(run, [plan.Shards[shard].Shard]).Batches()) Fill(shard, batch, next, slots, (first, end));
    }

    private void Fill(int shard, Batch batch, long[] next, MixStep[] slots, (long First, long End) batches)
    {
        int[] regions = RegionsOf(shard, batch);
        var taken = new List<(int Row, int Region, long Taking)>();
        for (int row = 0; row < regions.Length; row++)
        {
            if (regions[row] < 0) continue;
            long place = next[regions[row]]++;
            foreach (long taking in plan.Regions[regions[row]].Rows.Takings(place, batches.First, batches.End))
                taken.Add((row, regions[row], taking));
        }
        if (taken.Count == 0) return;
        int[] rows = [.. taken.Select(one => one.Row).Distinct()];
        int[] dataset = new int[rows.Length];
        Array.Fill(dataset, plan.Shards[shard].Dataset.Index);
        // What is not taken is let go.
        Batch kept = batch.Take(rows).With(new Column<int>(CandidateColumns.Dataset, dataset));
        ReadOnlySpan<float> weights = kept.Flat<float>(CandidateColumns.Weight);
        foreach ((int row, int region, long taking) in taken)
        {
            int at = Array.BinarySearch(rows, row);
            PlannedRegion of = plan.Regions[region];
            var candidate = new MixCandidate(taking, of.Class, 0, 0) { Weight = weights[at], Row = new BatchRow(kept, at) };
            long batchOf = Math.DivRem(taking, plan.Settings.RowsPerRegion, out long within);
            slots[(batchOf - batches.First) * plan.BatchRows + region * plan.Settings.RowsPerRegion + within] =
                new MixStep(of.Process, candidate, 1, Again) { IsAgain = taking >= of.Rows.Rows };
        }
    }

    private int[] RegionsOf(int shard, Batch batch)
    {
        int process = plan.ProcessOf(plan.Shards[shard].Dataset.Name);
        ReadOnlySpan<int> types = batch.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> pts = batch.Flat<float>(CandidateColumns.Pt), etas = batch.Flat<float>(CandidateColumns.Eta);
        var regions = new int[batch.Rows];
        for (int row = 0; row < regions.Length; row++) regions[row] = plan.Find(process, types[row], Math.Abs(etas[row]), pts[row]);
        return regions;
    }

    private static Schema SchemaOf(StepRun run, BalancePlan plan)
    {
        using TupleShardReader first = run.Stream<TupleShardReader>(plan.Shards[0].Shard);
        return new Schema(first.Schema.Columns.Append(new ColumnSpec(CandidateColumns.Dataset, ColumnType.Int32)));
    }
}
