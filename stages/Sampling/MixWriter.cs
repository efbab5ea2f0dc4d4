using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Writes the rows that a mixing takes, as often as it takes them, and keeps the books of all that it decides.</summary>
internal sealed class MixWriter(Action<Batch> append, Schema schema, RowLedger ledger)
{
    // Few enough that rows with thousands of constituents stay some MiB.
    private const int WriteRows = 1024;

    public void Write(IEnumerable<MixStep> steps)
    {
        var builder = new BatchBuilder(schema);
        foreach (MixStep step in steps)
        {
            (MixCandidate candidate, int copies, string reason) = (step.Candidate, step.Copies, step.Reason);
            (string @class, double weight) = (candidate.Type.Name, candidate.Weight);
            int more = step.IsAgain ? copies : copies - 1;
            if (copies == 0) ledger.Dropped(reason, @class, 1, weight);
            if (more > 0) ledger.Repeated(reason, @class, more, weight * more);
            if (copies > 0) ledger.Out(@class, copies, weight * copies);
            for (int copy = 0; copy < copies; copy++)
            {
                builder.Append(candidate.Row.Batch, candidate.Row.Index);
                if (builder.Rows == WriteRows) append(builder.Build());
            }
        }
        if (builder.Rows > 0) append(builder.Build());
    }
}
