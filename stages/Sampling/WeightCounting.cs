using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Counts the train rows for all tables of weights, and makes them.</summary>
internal sealed class WeightCounting(ReweightSettings settings)
{
    private readonly CellCounts[] _counts = [.. settings.Tables.Select(table => new CellCounts(table.Cells.Grid.Count))];
    private readonly string?[] _groups = new string?[settings.Tables.Count];
    private readonly long[] _available = new long[settings.Classes.All.Count], _counted = new long[settings.Classes.All.Count];

    /// <summary>Counts a batch.</summary>
    public void Add(Batch rows)
    {
        Batch counted = WithinLimit(rows);
        var lookup = new CellLookup(counted);
        for (int i = 0; i < _counts.Length; i++)
        {
            ReweightTable table = settings.Tables[i];
            _groups[i] = CellLookup.GroupOf(table, counted.Schema);
            _counts[i].Fill(lookup.CellsOf(table), lookup.ClassesOf(table), lookup.RowClassesOf(table));
            if (!settings.ZeroOutside && _counts[i].Outside > 0)
                throw StageErrors.OutsideCells(table, _counts[i].Outside);
        }
    }

    /// <summary>The tables of all that was counted.</summary>
    public WeightTablesFile Tables()
    {
        var factors = new Dictionary<int, double>();
        for (int one = 0; one < _available.Length; one++)
            if (settings.ScaleToAvailable && _counted[one] > 0) factors[one] = (double)_available[one] / _counted[one];
        return new WeightTablesFile(
        [
            .. settings.Tables.Select((table, i) => WeightTableEntry.Of(
                TableOf(table, _counts[i].Scaled(factors)),
                _groups[i] ?? "jets",
                table.Cells,
                (table.Class, one => NameOf(table, one)),
                _counts[i].Outside)),
        ]);
    }

    private WeightTable TableOf(ReweightTable table, SortedDictionary<int, double[]> counts) => table.Sampling is { } sampling
        ? WeightTable.Of(table.Name, counts, (sampling, table.Ratios))
        : WeightTable.Of(table.Name, table.Cells, counts, (table.Target, table.Ratios), settings.Empty);

    /// <summary>What merging gives: all rows.</summary>
    public YieldFile Yields(long validationRows)
    {
        TauClass[] classes = [.. settings.Classes.All.Where(one => _available[one.Index] > 0)];
        return new YieldFile(
            [.. classes.Select(one => new YieldEntry("all", one.Name, -1, -1, _available[one.Index], 1, 1, _available[one.Index], false))])
        {
            NoTraining = YieldTable.WhyNoTraining([.. classes.Select(one => one.Name)], validationRows > 0),
        };
    }

    private string NameOf(ReweightTable table, int one) => table.Class == CandidateColumns.Type
        ? settings.Classes.Of(one).Name
        : one.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // The first rows of each class, as many as are to be counted.
    private Batch WithinLimit(Batch rows)
    {
        ReadOnlySpan<int> type = rows.Flat<int>(CandidateColumns.Type);
        var taken = new List<int>();
        for (int row = 0; row < type.Length; row++)
        {
            int one = settings.Classes.Of(type[row]).Index;
            _available[one]++;
            if (settings.CountRows is { } limit && _counted[one] >= limit) continue;
            _counted[one]++;
            if (settings.CountRows is not null) taken.Add(row);
        }
        return settings.CountRows is null ? rows : rows.Take([.. taken]);
    }
}
