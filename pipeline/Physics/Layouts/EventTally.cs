using TauPipeline.Columns;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// Counts the events of a file and sums their generator weights, candidates or not, batch after batch. Entries of one event stand
/// together.
/// </summary>
/// <param name="layout">Says which columns tell events apart, and which has their weight; without the latter each weighs 1.</param>
public sealed class EventTally(ITupleLayout layout)
{
    private OrderedSum _sum;
    private (uint Run, uint Lumi, ulong Event)? _last;

    /// <summary>Events so far.</summary>
    public long Events { get; private set; }

    /// <summary>The sum of their weights.</summary>
    public double SumOfWeights => _sum.Value;

    /// <summary>The weight that all of them have; 1 of no event; <see langword="null"/> if they differ.</summary>
    public double? CommonWeight { get; private set; } = 1;

    /// <summary>Adds the events of some entries, in the types that the layout declares.</summary>
    public void Add(Batch entries)
    {
        ReadOnlySpan<uint> run = Numbers<uint>(entries, 0), lumi = Numbers<uint>(entries, 1);
        ReadOnlySpan<ulong> number = Numbers<ulong>(entries, 2);
        double[]? weights = entries.Schema.Find(layout.GeneratorWeight) is null
            ? null
            : LayoutColumns.FirstOfEach(entries[layout.GeneratorWeight]);
        for (int i = 0; i < entries.Rows; i++)
        {
            (uint, uint, ulong) here = (run[i], lumi[i], number[i]);
            if (here == _last) continue;
            _last = here;
            Add(weights?[i] ?? 1);
        }
    }

    // Not every layout has a run.
    private ReadOnlySpan<T> Numbers<T>(Batch entries, int part) where T : unmanaged =>
        entries.Schema.Find(layout.Identity[part]) is null ? new T[entries.Rows] : entries.Flat<T>(layout.Identity[part]);

    private void Add(double weight)
    {
        if (Events == 0) CommonWeight = weight;
        else if (weight != CommonWeight) CommonWeight = null;
        _sum.Add(weight);
        Events++;
    }
}
