using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>Reads a tuple shard (design.md, section 4) in batches of rows, for the declared columns only.</summary>
public sealed class TupleShardReader : IProductReader<TupleShardReader>
{
    private readonly Hdf5File _file;
    private readonly ShardIndex _index;
    private readonly ShardDatasets _datasets;

    private TupleShardReader(Hdf5File file, ProductInput from)
    {
        _file = file;
        _index = ShardIndex.Read(file);
        _datasets = new ShardDatasets(file, _index);
        Rows = _index.Rows;
        Schema = Visible(from.Columns);
    }

    /// <summary>The declared columns, in the file's order.</summary>
    public Schema Schema { get; }

    /// <summary>Number of rows.</summary>
    public long Rows { get; }

    /// <summary>What the writer said of the origin.</summary>
    public IReadOnlyDictionary<string, string> Attributes => _index.Attributes;

    /// <inheritdoc/>
    /// <exception cref="StepFailed">The file is no tuple shard, is damaged, or lacks a declared column.</exception>
    public static TupleShardReader Open(ProductInput from)
    {
        Hdf5File file = Hdf5File.Open(from.Path);
        try { return new TupleShardReader(file, from); }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>All rows in order, in batches of at most <paramref name="rows"/>; all declared columns if none are named.</summary>
    /// <exception cref="Defect">A column was not declared.</exception>
    /// <exception cref="StepFailed">There is no such column, or the file is damaged.</exception>
    public IEnumerable<Batch> Batches(int rows = 16384, IReadOnlyList<string>? columns = null)
    {
        for (long first = 0; first < Rows; first += rows)
            yield return Read(first, (int)Math.Min(rows, Rows - first), columns);
    }

    /// <summary>Some rows; all declared columns if none are named.</summary>
    /// <exception cref="Defect">A column was not declared, or the rows are not in the file.</exception>
    /// <exception cref="StepFailed">There is no such column, or the file is damaged.</exception>
    public Batch Read(long first, int rows, IReadOnlyList<string>? columns = null)
    {
        if (first < 0 || rows < 0 || first + rows > Rows) throw new Defect($"rows {first} to {first + rows} wanted of the {Rows} in '{_file.Path}'");
        IEnumerable<ColumnSpec> wanted = columns is null ? Schema.Columns : columns.Select(Declared);
        var part = new ShardPart(_datasets, first, rows);
        return new Batch([.. wanted.Select(part.Column)], rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _datasets.Dispose();
        _file.Dispose();
    }

    private ColumnSpec Declared(string name) => Schema.Find(name)
        ?? throw (_index.Schema.Find(name) is null ? FormatErrors.NoColumn(_file.Path, name, Names(Schema)) : FormatErrors.Undeclared(_file.Path, name));

    private Schema Visible(IReadOnlyList<string>? declared)
    {
        if (declared is null) return _index.Schema;
        var names = declared.Where(name => name != ProductOutput.SchemaColumn).ToHashSet(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => _index.Schema.Find(name) is null) is { } missing) throw FormatErrors.NoColumn(_file.Path, missing, Names(_index.Schema));
        return new Schema(_index.Schema.Columns.Where(column => names.Contains(column.Name)));
    }

    private static IEnumerable<string> Names(Schema schema) => schema.Columns.Select(column => column.Name);
}
