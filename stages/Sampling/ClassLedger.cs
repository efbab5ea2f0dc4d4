using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>Counts whole batches into the ledger, class by class.</summary>
internal sealed class ClassLedger(RowLedger ledger, ClassScheme classes)
{
    /// <summary>Counts rows that came in, and gives them back.</summary>
    public Batch In(Batch rows)
    {
        foreach ((string @class, long count, double weight) in Of(rows)) ledger.In(@class, count, weight);
        return rows;
    }

    /// <summary>Counts rows that go on.</summary>
    public void Out(Batch rows)
    {
        foreach ((string @class, long count, double weight) in Of(rows)) ledger.Out(@class, count, weight);
    }

    private IEnumerable<(string Class, long Rows, double Weight)> Of(Batch rows)
    {
        var counts = new long[classes.All.Count];
        var weights = new OrderedSum[counts.Length];
        ReadOnlySpan<int> type = rows.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> weight = rows.Flat<float>(CandidateColumns.Weight);
        for (int i = 0; i < type.Length; i++)
        {
            int of = classes.Of(type[i]).Index;
            counts[of]++;
            weights[of].Add(weight[i]);
        }
        return Enumerable.Range(0, counts.Length).Where(of => counts[of] > 0)
            .Select(of => (classes.Of(of).Name, counts[of], weights[of].Value));
    }
}
