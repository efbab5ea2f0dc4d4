using System.Runtime.InteropServices;

namespace TauPipeline.Physics;

/// <summary>Objects of one group over the rows of a batch: some of the constituents of one kind.</summary>
/// <param name="Among">The constituents.</param>
/// <param name="When">Not 0 and not NaN for those that are objects; empty for all.</param>
internal readonly record struct GroupObjects(ConstituentCells Among, ReadOnlyMemory<double> When)
{
    public bool Has(int constituent)
    {
        if (When.IsEmpty) return true;
        double when = When.Span[constituent];
        return when != 0 && !double.IsNaN(when);
    }
}

/// <summary>
/// Which cells of one grid are filled, and with which objects: of each group the one with the highest pt in the cell, the first of equal
/// ones (training-and-evaluation 1.4). An object without a pt yields to any other.
/// </summary>
internal sealed class FilledCells
{
    /// <summary>No object of that group.</summary>
    public const int None = -1;

    private readonly List<int> _cells = [], _objects = [];
    private readonly int _groups;

    private FilledCells(int rows, int groups) => (Offsets, _groups) = (new int[rows + 1], groups);

    /// <summary>Where the cells of each row begin, and of the last one end.</summary>
    public int[] Offsets { get; }

    /// <summary>The filled cells, row by row, rising within a row.</summary>
    public int[] Cells => [.. _cells];

    /// <summary>How many there are.</summary>
    public int Count => _cells.Count;

    /// <summary>The object of a group in a filled cell: its place among the constituents of its kind; or <see cref="None"/>.</summary>
    public int ObjectIn(int filled, int group) => _objects[filled * _groups + group];

    /// <summary>Fills a grid.</summary>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="cells">Cells of the grid.</param>
    /// <param name="location">The place of the grid among all.</param>
    /// <param name="objects">The objects of each group.</param>
    public static FilledCells Of(int rows, int cells, int location, ReadOnlySpan<GroupObjects> objects)
    {
        var filled = new FilledCells(rows, objects.Length);
        var best = new int[cells * objects.Length];
        Array.Fill(best, None);
        var found = new List<int>();
        for (int row = 0; row < rows; row++)
        {
            for (int group = 0; group < objects.Length; group++) Enter(row, group, location, objects, best, found);
            filled.EndRow(row, found, best);
        }
        return filled;
    }

    private static void Enter(int row, int group, int location, ReadOnlySpan<GroupObjects> objects, int[] best, List<int> found)
    {
        GroupObjects these = objects[group];
        ReadOnlySpan<int> cells = these.Among.CellsIn(location);
        double[] pt = these.Among.Pt;
        for (int i = these.Among.Offsets[row]; i < these.Among.Offsets[row + 1]; i++)
        {
            if (cells[i] == EtaPhiGrid.Outside || !these.Has(i)) continue;
            ref int winner = ref best[cells[i] * objects.Length + group];
            if (winner == None) found.Add(cells[i]);
            if (winner == None || pt[i] > pt[winner] || (double.IsNaN(pt[winner]) && !double.IsNaN(pt[i]))) winner = i;
        }
    }

    // A cell was found once for each group that is in it.
    private void EndRow(int row, List<int> found, int[] best)
    {
        found.Sort();
        int last = EtaPhiGrid.Outside;
        foreach (int cell in CollectionsMarshal.AsSpan(found))
        {
            if (cell == last) continue;
            last = cell;
            Span<int> objects = best.AsSpan(cell * _groups, _groups);
            _cells.Add(cell);
            _objects.AddRange(objects);
            objects.Fill(None);
        }
        found.Clear();
        Offsets[row + 1] = _cells.Count;
    }
}
