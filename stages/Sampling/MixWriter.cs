using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Writes the rows that a mixing takes, as often as it takes them, and keeps the books of all that it decides.</summary>
internal sealed class MixWriter(TupleShardWriter shard, Schema schema, RowLedger ledger)
{
    // Few enough that rows with thousands of constituents stay some MiB.
    private const int WriteRows = 1024;

    public void Write(IEnumerable<MixStep> steps)
    {
        var builder = new BatchBuilder(schema);
        foreach ((_, MixCandidate candidate, int copies, string reason) in steps)
        {
            (string @class, double weight) = (candidate.Type.Name, candidate.Weight);
            if (copies == 0) ledger.Dropped(reason, @class, 1, weight);
            if (copies > 1) ledger.Repeated(reason, @class, copies - 1, weight * (copies - 1));
            if (copies > 0) ledger.Out(@class, copies, weight * copies);
            for (int copy = 0; copy < copies; copy++)
            {
                builder.Append(candidate.Row.Batch, candidate.Row.Index);
                if (builder.Rows == WriteRows) shard.Append(builder.Build());
            }
        }
        if (builder.Rows > 0) shard.Append(builder.Build());
    }
}
