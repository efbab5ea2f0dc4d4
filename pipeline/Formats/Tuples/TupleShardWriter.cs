using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>
/// Writes a tuple shard (design.md, section 4): rows of candidates as HDF5, a dataset a column. Batches may come in any
/// sizes; neither the file nor the columns' hashes depend on them.
/// </summary>
public sealed class TupleShardWriter : IProductWriter<TupleShardWriter>
{
    private readonly ProductOutput _to;
    private readonly List<ShardColumn> _columns = [];
    private readonly SortedDictionary<string, ShardTable> _tables = new(StringComparer.Ordinal);
    private Hdf5File? _file;
    private IReadOnlyDictionary<string, string> _attributes = new Dictionary<string, string>();
    private bool _isBroken;

    private TupleShardWriter(ProductOutput to) => _to = to;

    /// <summary>Rows appended so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The libraries that its bytes come from.</summary>
    public static IReadOnlyList<string> Tools => Hdf5Tools.Versions;

    /// <inheritdoc/>
    public static TupleShardWriter Create(ProductOutput to) => new(to);

    /// <summary>Starts the file: its columns, and what a reader should know of their origin.</summary>
    /// <exception cref="Defect">An attribute has a name of the layout's own, two columns would share a dataset, or it was begun
    /// before.</exception>
    public void Begin(Schema schema, IReadOnlyDictionary<string, string> attributes)
    {
        if (_file is not null) throw new Defect($"shard '{_to.Path}' was begun twice");
        if (attributes.Keys.FirstOrDefault(ShardLayout.Reserved.Contains) is { } reserved)
            throw new Defect($"attribute '{reserved}' of a shard is the layout's own");
        if (schema.Tables.Contains(ShardLayout.Taus[1..])) throw new Defect("a table of constituents cannot be named 'taus'");
        IReadOnlyList<string> paths = ShardLayout.Paths(schema);
        _attributes = attributes;
        _file = Hdf5File.Create(_to.Path);
        _file.CreateGroup(ShardLayout.Taus);
        foreach (string table in schema.Tables)
        {
            _file.CreateGroup("/" + table);
            _tables.Add(
                table,
                new ShardTable(table, _file.CreateDataset(ShardLayout.Offsets(table), ColumnType.Int64, ShardLayout.ChunkRows)));
        }
        foreach ((ColumnSpec column, string path) in schema.Columns.Zip(paths))
        {
            int chunk = column.IsJagged ? ShardLayout.ChunkConstituents : ShardLayout.ChunkRows;
            _columns.Add(
                new ShardColumn(column, _file.CreateDataset(path, column.Type, chunk), column.Table is null ? null : _tables[column.Table])
            );
        }
        WriteAttributes(_file.Attributes(), paths);
    }

    /// <summary>Adds the rows of a batch, which has exactly the columns that were begun, in any order.</summary>
    /// <exception cref="Defect">It has others, or the columns of a table differ in offsets.</exception>
    /// <exception cref="StepFailed">The file cannot be written.</exception>
    public void Append(Batch batch)
    {
        if (_file is null) throw new Defect($"shard '{_to.Path}' was not begun");
        _isBroken = true;
        Take(batch);
        for (int from = 0, to; from < batch.Rows; from = to)
        {
            to = (int)Math.Min(batch.Rows, from + ShardLayout.FlushRows - Rows % ShardLayout.FlushRows);
            foreach (ShardTable table in _tables.Values) table.Append(from, to);
            foreach (ShardColumn column in _columns) column.Append(from, to);
            Rows += to - from;
            if (Rows % ShardLayout.FlushRows == 0) Flush();
        }
        _isBroken = false;
    }

    /// <summary>Finishes the file and states the columns' hashes; further calls do nothing.</summary>
    /// <exception cref="StepFailed">The file cannot be written.</exception>
    public void Complete()
    {
        if (_file is null || _isBroken) return;
        _isBroken = true; // until all is written nothing must be tried again
        foreach (ShardTable table in _tables.Values) table.Complete();
        foreach (ShardColumn column in _columns) _to.HasColumn(column.Spec.Name, column.Complete());
        _to.HasColumn(ProductOutput.SchemaColumn, ShardLayout.AttributesHash(_attributes));
        Hdf5Attributes root = _file.Attributes();
        root.Set(ShardLayout.RowsAttribute, Rows);
        _file.Complete();
        Close();
    }

    /// <summary>Finishes the file, unless writing it has failed before.</summary>
    public void Dispose()
    {
        try { Complete(); }
        finally { Close(); }
    }

    private void WriteAttributes(Hdf5Attributes root, IReadOnlyList<string> paths)
    {
        root.Set(ShardLayout.FormatAttribute, ShardLayout.Format);
        root.Set(ShardLayout.VersionAttribute, ShardLayout.Version);
        root.Set(ShardLayout.NamesAttribute, [.. _columns.Select(column => column.Spec.Name)]);
        root.Set(ShardLayout.TypesAttribute, [.. _columns.Select(column => column.Spec.TypeName)]);
        root.Set(ShardLayout.PathsAttribute, paths);
        foreach ((string name, string value) in _attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal)) root.Set(name, value);
    }

    private void Take(Batch batch)
    {
        if (batch.Columns.Count != _columns.Count) throw FormatErrors.OtherCount(_to.Path, _columns.Count, batch.Columns.Count);
        foreach (ShardTable table in _tables.Values) table.NextBatch();
        foreach (ShardColumn column in _columns)
        {
            ColumnSpec? found = batch.Schema.Find(column.Spec.Name);
            if (found != column.Spec) throw FormatErrors.OtherColumns(_to.Path, column.Spec, found);
            column.Take(batch[column.Spec.Name]);
        }
    }

    private void Flush()
    {
        foreach (ShardTable table in _tables.Values) table.Flush();
        foreach (ShardColumn column in _columns) column.Flush();
    }

    private void Close()
    {
        foreach (ShardTable table in _tables.Values) table.Dispose();
        foreach (ShardColumn column in _columns) column.Dispose();
        _file?.Dispose();
    }
}
