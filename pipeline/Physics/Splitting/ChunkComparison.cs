using TauPipeline.Columns;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>One comparison of a chunk with all other chunks.</summary>
/// <param name="Distribution">What is compared: <c>tau_type</c>, <c>tau_pt of jet</c>.</param>
/// <param name="Chunk">Which chunk.</param>
/// <param name="PValue">Of the Kolmogorov-Smirnov test.</param>
/// <param name="Adjusted">After Holm's correction over all comparisons.</param>
public sealed record ChunkTest(string Distribution, int Chunk, double PValue, double Adjusted);

/// <summary>
/// Compares consecutive chunks of mixed rows, each with the pool of the others (data-preparation 4.8): type, dataset, and pt
/// and eta of each type.
/// </summary>
public sealed class ChunkComparison(ClassScheme classes, int chunks, long rows)
{
    private static readonly BinEdges Pt = BinEdges.Uniform(100, 0, 1000),
        Eta = BinEdges.Uniform(10, -2.5, 2.5),
        Codes = BinEdges.Uniform(64, -0.5, 63.5);

    private readonly SortedDictionary<string, CountHistogram[]> _counts = new(StringComparer.Ordinal);
    private long _row;

    /// <summary>Counts the next rows: columns type, dataset, pt and eta.</summary>
    public void Fill(Batch batch)
    {
        ReadOnlySpan<int> type = batch.Flat<int>(CandidateColumns.Type), dataset = batch.Flat<int>(CandidateColumns.Dataset);
        ReadOnlySpan<float> pt = batch.Flat<float>(CandidateColumns.Pt), eta = batch.Flat<float>(CandidateColumns.Eta);
        for (int i = 0; i < batch.Rows; i++, _row++)
        {
            int chunk = (int)Math.Min(chunks - 1, _row * chunks / Math.Max(1, rows));
            string name = classes.Of(type[i]).Name;
            Of("tau_type", Codes)[chunk].Fill(type[i]);
            Of("dataset", Codes)[chunk].Fill(dataset[i]);
            Of($"tau_pt of {name}", Pt)[chunk].Fill(pt[i]);
            Of($"tau_eta of {name}", Eta)[chunk].Fill(eta[i]);
        }
    }

    /// <summary>All comparisons, by distribution and chunk.</summary>
    public IReadOnlyList<ChunkTest> Tests()
    {
        var raw = new List<(string Distribution, int Chunk, double PValue)>();
        foreach ((string distribution, CountHistogram[] counts) in _counts)
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                var others = new CountHistogram(counts[chunk].Edges);
                for (int other = 0; other < chunks; other++)
                    if (other != chunk) others.Add(counts[other]);
                if (KolmogorovSmirnov.Compare(counts[chunk].Counts, others.Counts) is { } test) raw.Add((distribution, chunk, test.PValue));
            }
        double[] adjusted = HolmCorrection.Adjust(raw.Select(test => test.PValue).ToArray());
        return [.. raw.Select((test, i) => new ChunkTest(test.Distribution, test.Chunk, test.PValue, adjusted[i]))];
    }

    private CountHistogram[] Of(string distribution, BinEdges edges)
    {
        if (!_counts.TryGetValue(distribution, out CountHistogram[]? counts))
            _counts[distribution] = counts = [.. Enumerable.Range(0, chunks).Select(_ => new CountHistogram(edges))];
        return counts;
    }
}
