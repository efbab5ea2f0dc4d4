using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>Reads a tuple shard (design.md, section 4) in batches of rows, for the declared columns only.</summary>
public sealed class TupleShardReader : IProductReader<TupleShardReader>
{
    /// <summary>Most rows of a batch: a chunk.</summary>
    private const int MostRows = ShardLayout.ChunkRows;

    private readonly Hdf5File _file;
    private readonly ShardIndex _index;
    private readonly ShardDatasets _datasets;
    private readonly ReadCheck _check;
    private readonly long _memory;

    private TupleShardReader(Hdf5File file, ProductInput from)
    {
        _file = file;
        _memory = from.Memory;
        _index = ShardIndex.Read(file);
        _datasets = new ShardDatasets(file, _index);
        Rows = _index.Rows;
        Schema = Visible(from.Columns);
        _check = new ReadCheck(file.Path, Rows, from.ColumnHashes);
        _check.Opened(Schema, _index.Attributes);
    }

    /// <summary>The declared columns, in the file's order.</summary>
    public Schema Schema { get; }

    /// <summary>Number of rows.</summary>
    public long Rows { get; }

    /// <summary>What the writer said of the origin.</summary>
    public IReadOnlyDictionary<string, string> Attributes => _index.Attributes;

    /// <inheritdoc/>
    /// <exception cref="StepFailed">The file is no tuple shard, is damaged, lacks a declared column, or has other attributes than its
    /// writer stated.</exception>
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

    /// <summary>
    /// All rows in order, in batches of at most <paramref name="rows"/> and of no more than the reader's memory holds; all
    /// declared columns if none are named.
    /// </summary>
    /// <exception cref="Defect">A column was not declared.</exception>
    /// <exception cref="StepFailed">There is no such column, or the file is damaged.</exception>
    public IEnumerable<Batch> Batches(int rows = MostRows, IReadOnlyList<string>? columns = null) => Batches((0, Rows), rows, columns);

    /// <inheritdoc cref="Batches(int, IReadOnlyList{string}?)"/>
    /// <param name="range">The first row and the number of rows, which are in the file.</param>
    /// <param name="rows">Most rows of a batch.</param>
    /// <param name="columns">Names of columns.</param>
    public IEnumerable<Batch> Batches((long First, long Count) range, int rows = MostRows, IReadOnlyList<string>? columns = null)
    {
        rows = Math.Min(rows, Fitting(columns));
        for (long first = range.First, end = range.First + range.Count; first < end; first += rows)
            yield return Read(first, (int)Math.Min(rows, end - first), columns);
    }

    /// <summary>Some rows; all declared columns if none are named.</summary>
    /// <exception cref="Defect">A column was not declared, or the rows are not in the file.</exception>
    /// <exception cref="StepFailed">There is no such column, the file is damaged, or a column that was read to its last row is not the
    /// one that was written.</exception>
    public Batch Read(long first, int rows, IReadOnlyList<string>? columns = null)
    {
        if (first < 0 || rows < 0 || first + rows > Rows)
            throw new Defect($"rows {first} to {first + rows} wanted of the {Rows} in '{_file.Path}'");
        var part = new ShardPart(_datasets, first, rows);
        var batch = new Batch([.. Wanted(columns).Select(part.Column)], rows);
        _check.Add(first, batch);
        return batch;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _check.Dispose();
        _datasets.Dispose();
        _file.Dispose();
    }

    // As many rows as memory holds if all are of the mean size.
    private int Fitting(IReadOnlyList<string>? columns)
    {
        double bytes = Wanted(columns).Sum(column => (double)ColumnTypes.Size(column.Type) * _datasets.CountOf(column));
        return bytes == 0 ? MostRows : (int)Math.Clamp(_memory / (bytes / Rows), 1, int.MaxValue);
    }

    private IEnumerable<ColumnSpec> Wanted(IReadOnlyList<string>? columns) => columns is null ? Schema.Columns : columns.Select(Declared);

    private ColumnSpec Declared(string name) => Schema.Find(name)
        ?? throw (_index.Schema.Find(name) is null
            ? FormatErrors.NoColumn(_file.Path, name, Names(Schema))
            : FormatErrors.Undeclared(_file.Path, name));

    private Schema Visible(IReadOnlyList<string>? declared)
    {
        if (declared is null) return _index.Schema;
        var names = declared.Where(name => name != ProductOutput.SchemaColumn).ToHashSet(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => _index.Schema.Find(name) is null) is { } missing)
            throw FormatErrors.NoColumn(_file.Path, missing, Names(_index.Schema));
        return new Schema(_index.Schema.Columns.Where(column => names.Contains(column.Name)));
    }

    private static IEnumerable<string> Names(Schema schema) => schema.Columns.Select(column => column.Name);
}
