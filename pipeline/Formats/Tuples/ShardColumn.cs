using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>A column on its way into a shard: hashed batch by batch, stored piece by piece.</summary>
internal sealed class ShardColumn(ColumnSpec spec, Hdf5DatasetWriter values, ShardTable? table) : IColumnVisitor, IDisposable
{
    private readonly ColumnHash _hash = new(spec.Name, spec.TypeName);
    private readonly int _size = ColumnTypes.Size(spec.Type);
    private Column? _column;

    public ColumnSpec Spec => spec;

    /// <summary>Takes the column of the next batch.</summary>
    public void Take(Column column)
    {
        _column = column;
        column.Accept(this);
    }

    /// <summary>Stores these rows of the batch.</summary>
    public void Append(int from, int to)
    {
        (int first, int end) = table is null ? (from, to) : (table.Begin(from), table.Begin(to));
        values.Append(_column!.Bytes[(first * _size)..(end * _size)]);
    }

    public void Flush() => values.Flush();

    public ContentHash Complete()
    {
        _column = null;
        values.Complete();
        return _hash.Finish();
    }

    public void Visit<T>(Column<T> column) where T : unmanaged => _hash.Append(column.Values);

    public void Visit<T>(JaggedColumn<T> column) where T : unmanaged => _hash.Append(table!.Counts(column), column.Values);

    public void Dispose()
    {
        values.Dispose();
        _hash.Dispose();
    }
}
