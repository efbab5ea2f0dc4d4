using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>
/// The rows of one region (a process, class, and bin of abs eta and pt) as balanced batches take them: file after file, so many a batch,
/// and from the first again after the last. A batch goes on where the one before it ended, so no row is taken twice before all were once
/// (atlas-upp 11.2, whose planner kept the offset of a batch that ended with a file).
/// </summary>
public sealed class BalancedRegion
{
    private readonly long _batchRows;
    private readonly long[] _ends;

    /// <summary>A region with so many rows in each file, of which each batch takes <paramref name="batchRows"/>.</summary>
    public BalancedRegion(IReadOnlyList<long> files, long batchRows)
    {
        if (batchRows < 1) throw new Defect($"a batch takes {batchRows} rows of a region");
        if (files.Any(rows => rows < 0)) throw new Defect("a file has fewer than no rows");
        (Files, _batchRows, _ends) = (files, batchRows, new long[files.Count]);
        for (int file = 0; file < files.Count; file++) _ends[file] = checked((file == 0 ? 0 : _ends[file - 1]) + files[file]);
    }

    /// <summary>The rows of each file, in their order.</summary>
    public IReadOnlyList<long> Files { get; }

    /// <summary>The rows of all files.</summary>
    public long Rows => _ends.Length == 0 ? 0 : _ends[^1];

    /// <summary>Where a batch takes its rows.</summary>
    /// <exception cref="Defect">There is none.</exception>
    public BalancedCut Cut(long batch)
    {
        long first = First(batch) % Rows;
        int file = FileOf(first);
        long offset = first - (_ends[file] - Files[file]);
        var files = new List<int>();
        for (long covered = -offset; covered < _batchRows; file = (file + 1) % Files.Count)
        {
            // Files without a row are not there, as in the original.
            if (Files[file] == 0) continue;
            files.Add(file);
            covered += Files[file];
        }
        return new BalancedCut(files, offset, offset + _batchRows);
    }

    /// <summary>How often a row was taken, once so many batches are made.</summary>
    public long Uses(long row, long batches) => First(batches) / Rows + (row < First(batches) % Rows ? 1 : 0);

    /// <summary>
    /// The takings of a row, the rows of all batches of the region being numbered one after the other, in batches from
    /// <paramref name="first"/> up to <paramref name="end"/>.
    /// </summary>
    public IEnumerable<long> Takings(long row, long first, long end)
    {
        long from = First(first), to = First(end);
        for (long taking = row + (from - row + Rows - 1) / Rows * Rows; taking < to; taking = checked(taking + Rows)) yield return taking;
    }

    /// <summary>Whether these batches take any of <paramref name="count"/> rows from <paramref name="row"/> on.</summary>
    public bool TakesFrom(long row, long count, long first, long end)
    {
        long at = First(first) % Rows, distance = at >= row && at < row + count ? 0 : (row - at + Rows) % Rows;
        return distance < First(end) - First(first);
    }

    private long First(long batch) => Rows > 0 ? checked(batch * _batchRows) : throw new Defect("a region without rows is in no batch");

    private int FileOf(long row)
    {
        int at = Array.BinarySearch(_ends, row + 1);
        if (at < 0) return ~at;
        // Of files that end at the same row, the first one has it.
        while (at > 0 && _ends[at - 1] == row + 1) at--;
        return at;
    }
}

/// <summary>The rows of a region that a batch takes.</summary>
/// <param name="Files">Places of the files, in their order; one may come again.</param>
/// <param name="First">The first row, counted from the beginning of the first of these files.</param>
/// <param name="End">The row after the last one, counted in the rows of all these files one after the other.</param>
public sealed record BalancedCut(IReadOnlyList<int> Files, long First, long End);
