using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>The counts of one quantity by chunk and cell: memory goes by their numbers, not by rows.</summary>
internal sealed class ChunkCounts
{
    // Of values: below the edges, the bins, above, not a number. Of names: one each.
    private readonly int _chunks, _cells;
    private long[]? _counts; // by chunk and cell, once there is a row
    private readonly BinEdges? _edges;
    private readonly IReadOnlyList<string> _names;

    /// <summary>Counts of values in bins.</summary>
    public ChunkCounts(int chunks, BinEdges edges) => (_chunks, _cells, _edges, _names) = (chunks, edges.Count + 3, edges, []);

    /// <summary>Counts of numbered names.</summary>
    public ChunkCounts(int chunks, IReadOnlyList<string> names) => (_chunks, _cells, _names) = (chunks, names.Count, names);

    public bool IsOrdered => _edges is not null;

    /// <summary>The cell of a value.</summary>
    public static int Cell(BinEdges edges, double value) => double.IsNaN(value) ? edges.Count + 2 : edges.Find(value) + 1;

    public void Add(int chunk, int cell) => (_counts ??= new long[_chunks * _cells])[chunk * _cells + cell]++;

    /// <summary>
    /// A chunk and the pool of all others. Cells of names come by their entries in all chunks, so that sparse ones are neighbours.
    /// </summary>
    public (long[] Own, long[] Others) Compared(int chunk)
    {
        long[] total = Total(), own = Of(chunk);
        int[] order = [.. Enumerable.Range(0, total.Length)];
        if (!IsOrdered) order = [.. order.OrderByDescending(cell => total[cell])];
        return ([.. order.Select(cell => own[cell])], [.. order.Select(cell => total[cell] - own[cell])]);
    }

    /// <summary>The same for drawing.</summary>
    public ChunkHistogram Drawn(string distribution, int chunk)
    {
        long[] total = Total(), own = Of(chunk), others = [.. total.Zip(own, (all, part) => all - part)];
        if (_edges is null)
            return new(distribution, chunk, [.. Enumerable.Range(0, own.Length + 1).Select(i => i - 0.5)], _names, own, others, 0);
        Range inside = 1..^2;
        return new(distribution, chunk, _edges.Edges, [], own[inside], others[inside], total.Sum() - total[inside].Sum());
    }

    private long[] Of(int chunk) => _counts?[(chunk * _cells)..((chunk + 1) * _cells)] ?? new long[_cells];

    private long[] Total()
    {
        var total = new long[_cells];
        for (int i = 0; i < _counts?.Length; i++) total[i % _cells] += _counts[i];
        return total;
    }
}
