using TauPipeline.Columns;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// Compares consecutive chunks of mixed rows, each with the pool of the others (data-preparation 4.8): class, group and dataset of all
/// rows, dataset within each group, pt and eta within each class, group and dataset. Rows are counted; their weights do not enter.
/// </summary>
public sealed class ChunkComparison
{
    private readonly ChunkPlan _plan;
    private readonly long _rows;
    private readonly int[,] _groups; // by dataset and class
    private readonly List<(string Level, string Distribution, ChunkCounts Counts)> _all = [];
    private readonly ChunkCounts _type, _dataset, _group;
    private readonly ChunkCounts[] _datasetOfGroup;
    private readonly (ChunkCounts Pt, ChunkCounts Eta)[] _byClass, _byGroup, _byDataset;
    private long _row;

    /// <summary>A comparison of so many rows.</summary>
    public ChunkComparison(ChunkPlan plan, long rows)
    {
        (_plan, _rows) = (plan, rows);
        string[] classes = [.. plan.Classes.All.Select(one => one.Name)];
        (_groups, string[] groups) = GroupsOf(plan);
        _type = Named("all", CandidateColumns.Type, classes);
        _dataset = Named("all", CandidateColumns.Dataset, plan.Datasets);
        _group = Named("all", "group", groups);
        _byClass = Kinematics("class", classes);
        _byGroup = Kinematics("group", groups);
        _byDataset = Kinematics("dataset", plan.Datasets);
        _datasetOfGroup = [.. groups.Select(group => Named("group", $"{CandidateColumns.Dataset} of group {group}", plan.Datasets))];
        _all.Sort((one, other) => string.CompareOrdinal(one.Distribution, other.Distribution));
    }

    /// <summary>The columns that are looked at.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        [CandidateColumns.Type, CandidateColumns.Dataset, CandidateColumns.Pt, CandidateColumns.Eta];

    /// <summary>Counts the next rows.</summary>
    public void Fill(Batch batch)
    {
        ReadOnlySpan<int> types = batch.Flat<int>(CandidateColumns.Type), datasets = batch.Flat<int>(CandidateColumns.Dataset);
        ReadOnlySpan<float> pt = batch.Flat<float>(CandidateColumns.Pt), eta = batch.Flat<float>(CandidateColumns.Eta);
        for (int i = 0; i < batch.Rows; i++, _row++)
        {
            int chunk = (int)Math.Min(_plan.Chunks - 1, _row * _plan.Chunks / Math.Max(1, _rows));
            (int type, int dataset) = (_plan.Classes.Of(types[i]).Index, datasets[i]);
            (int Chunk, int Pt, int Eta) at = (chunk, ChunkCounts.Cell(_plan.Pt, pt[i]), ChunkCounts.Cell(_plan.Eta, eta[i]));
            _type.Add(chunk, type);
            _dataset.Add(chunk, dataset);
            Add(_byClass[type], at);
            Add(_byDataset[dataset], at);
            if (_plan.Groups.Count == 0) continue;
            int group = _groups[dataset, type];
            _group.Add(chunk, group);
            _datasetOfGroup[group].Add(chunk, dataset);
            Add(_byGroup[group], at);
        }
    }

    /// <summary>
    /// All tests, by distribution and chunk. What cannot be told apart (fewer than two bins with entries enough, an empty chunk) is not
    /// tested, and does not count in the correction.
    /// </summary>
    public IReadOnlyList<ChunkTest> Tests()
    {
        var raw = new List<ChunkTest>();
        foreach ((string level, string distribution, ChunkCounts counts) in _all)
            for (int chunk = 0; chunk < _plan.Chunks; chunk++)
            {
                (long[] own, long[] others) = counts.Compared(chunk);
                if ((_plan.ByChi2 || !counts.IsOrdered) && ByChi2(own, others) is { } chi2) Add(ChunkTest.Chi2, chi2);
                if (_plan.ByKolmogorov && counts.IsOrdered && ByKolmogorov(own, others) is { } ks) Add(ChunkTest.Kolmogorov, ks);

                void Add(string name, HistogramTest test) =>
                    raw.Add(new(level, distribution, chunk, name, test.Statistic, test.DegreesOfFreedom, test.PValue, 1));
            }
        double[] adjusted = HolmCorrection.Adjust(raw.Select(test => test.PValue).ToArray());
        return [.. raw.Select((test, i) => test with { Adjusted = adjusted[i] })];
    }

    /// <summary>The counts behind the smallest p-values, at most so many and of different distributions.</summary>
    public IReadOnlyList<ChunkHistogram> Worst(IReadOnlyList<ChunkTest> tests, int most) =>
    [
        .. tests.OrderBy(test => test.PValue).DistinctBy(test => test.Distribution).Take(most)
            .Select(test => _all.First(one => one.Distribution == test.Distribution).Counts.Drawn(test.Distribution, test.Chunk)),
    ];

    private HistogramTest? ByChi2(long[] own, long[] others)
    {
        (long[] joinedOwn, long[] joinedOthers) = SparseBins.Join(own, others, _plan.LeastExpected);
        return joinedOwn.Length < 2 ? null : Chi2.Compare(joinedOwn, joinedOthers);
    }

    private static HistogramTest? ByKolmogorov(long[] own, long[] others) =>
        own.Zip(others).Count(bin => bin.First + bin.Second > 0) < 2 ? null : KolmogorovSmirnov.Compare(own, others);

    private static void Add((ChunkCounts Pt, ChunkCounts Eta) to, (int Chunk, int Pt, int Eta) at)
    {
        to.Pt.Add(at.Chunk, at.Pt);
        to.Eta.Add(at.Chunk, at.Eta);
    }

    // Mixed rows do not say their group; of a row that several may have delivered all are named.
    private static (int[,] Numbers, string[] Names) GroupsOf(ChunkPlan plan)
    {
        List<string> names = [];
        var numbers = new int[plan.Datasets.Count, plan.Classes.All.Count];
        foreach (TauClass one in plan.Classes.All)
            for (int dataset = 0; dataset < plan.Datasets.Count; dataset++)
            {
                string name = string.Join(" or ", plan.Groups.Where(group => group.Has(dataset, one)).Select(group => group.Name));
                if (!names.Contains(name)) names.Add(name);
                numbers[dataset, one.Index] = names.IndexOf(name);
            }
        return (numbers, [.. names.Select(name => name.Length > 0 ? name : "none")]);
    }

    private (ChunkCounts Pt, ChunkCounts Eta)[] Kinematics(string level, IReadOnlyList<string> names) =>
    [
        .. names.Select(name => (
            Known(level, $"{CandidateColumns.Pt} of {level} {name}", new ChunkCounts(_plan.Chunks, _plan.Pt)),
            Known(level, $"{CandidateColumns.Eta} of {level} {name}", new ChunkCounts(_plan.Chunks, _plan.Eta)))),
    ];

    private ChunkCounts Named(string level, string distribution, IReadOnlyList<string> names) =>
        Known(level, distribution, new ChunkCounts(_plan.Chunks, names));

    private ChunkCounts Known(string level, string distribution, ChunkCounts counts)
    {
        _all.Add((level, distribution, counts));
        return counts;
    }
}
