using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// At most so many candidates of each class and bin of abs eta and pt, as TauMLTools' MergePerEntry caps its unmixed samples
/// (data-preparation 4.3). Which ones is a draw without replacement by a hash of each candidate, so that neither the order of the rows
/// nor their place in files counts; what lies outside the bins has cells of its own. Memory goes by cells and the cap.
/// </summary>
/// <param name="bins">Bins of abs eta and pt.</param>
/// <param name="most">How many candidates of a cell stay.</param>
/// <param name="seed">Tells draws apart.</param>
public sealed class BinCap((BinEdges AbsEta, BinEdges Pt) bins, int most, ulong seed)
{
    // The lowest hashes of each cell so far, the highest of them on top.
    private readonly Dictionary<int, PriorityQueue<ulong, ulong>> _lowest = [];
    private readonly Dictionary<int, long> _rows = [];

    /// <summary>The highest hash that stays, for each cell with more candidates than the cap.</summary>
    public SortedDictionary<int, ulong> Limits => new(_lowest
        .Where(cell => _rows[cell.Key] > most)
        .ToDictionary(cell => cell.Key, cell => cell.Value.Peek()));

    /// <summary>Counts these rows of a batch, which has identity, kinematics and type.</summary>
    public void Add(Batch batch, IEnumerable<int> rows)
    {
        foreach ((int _, int cell, ulong hash) in Placed(batch, rows))
        {
            if (!_lowest.TryGetValue(cell, out PriorityQueue<ulong, ulong>? lowest))
                _lowest[cell] = lowest = new(Comparer<ulong>.Create((a, b) => b.CompareTo(a)));
            _rows[cell] = _rows.GetValueOrDefault(cell) + 1;
            if (lowest.Count < most) lowest.Enqueue(hash, hash);
            else lowest.EnqueueDequeue(hash, hash);
        }
    }

    /// <summary>Those of these rows that the limits leave out.</summary>
    public IReadOnlyList<int> Beyond(IReadOnlyDictionary<int, ulong> limits, Batch batch, IEnumerable<int> rows) => limits.Count == 0
        ? []
        : [.. Placed(batch, rows).Where(one => limits.TryGetValue(one.Cell, out ulong limit) && one.Hash > limit).Select(one => one.Row)];

    private List<(int Row, int Cell, ulong Hash)> Placed(Batch batch, IEnumerable<int> rows)
    {
        var keys = new CandidateKeys(batch);
        ReadOnlySpan<int> type = batch.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<int> jet = batch.Flat<int>(CandidateColumns.JetIndex), tau = batch.Flat<int>(CandidateColumns.TauIndex);
        ReadOnlySpan<float> eta = batch.Flat<float>(CandidateColumns.Eta), pt = batch.Flat<float>(CandidateColumns.Pt);
        int cells = (bins.AbsEta.Count + 2) * (bins.Pt.Count + 2);
        var placed = new List<(int, int, ulong)>();
        foreach (int row in rows)
        {
            int cell = (bins.AbsEta.Find(Math.Abs(eta[row])) + 1) * (bins.Pt.Count + 2) + bins.Pt.Find(pt[row]) + 1;
            UInt128 identity = keys.Candidate(row, ((ulong)(uint)jet[row] << 32) | (uint)tau[row]);
            placed.Add((row, type[row] * cells + cell, new CounterRandom(seed, (ulong)identity).NextUInt64()));
        }
        return placed;
    }
}
