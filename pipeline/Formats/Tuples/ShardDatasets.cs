using TauPipeline.Columns;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>The datasets of a shard, opened when first read and checked against the number of rows.</summary>
internal sealed class ShardDatasets(Hdf5File file, ShardIndex index) : IDisposable
{
    private readonly Dictionary<string, Hdf5Dataset> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _constituents = new(StringComparer.Ordinal);

    public string File => file.Path;

    /// <summary>The values of a column.</summary>
    public Hdf5Dataset Values(ColumnSpec column) => Open(index.Paths[column.Name], CountOf(column));

    /// <summary>How many values a column has.</summary>
    public long CountOf(ColumnSpec column) => column.Table is null ? index.Rows : Constituents(column.Table);

    /// <summary>Where each row of a table begins.</summary>
    public Hdf5Dataset Offsets(string table) => Open(ShardLayout.Offsets(table), index.Rows + 1);

    public void Dispose()
    {
        foreach (Hdf5Dataset dataset in _open.Values) dataset.Dispose();
    }

    private long Constituents(string table)
    {
        if (!_constituents.TryGetValue(table, out long count))
            _constituents[table] = count = Offsets(table).Read<long>(index.Rows, 1)[0];
        return count;
    }

    private Hdf5Dataset Open(string path, long rows)
    {
        if (_open.TryGetValue(path, out Hdf5Dataset? dataset)) return dataset;
        _open[path] = dataset = file.Dataset(path);
        return dataset.Rows == rows
            ? dataset
            : throw FormatErrors.Damaged(file.Path, $"{path} should have {rows} values", $"{dataset.Rows}");
    }
}
