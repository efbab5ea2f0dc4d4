using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>
/// Takes the hash of each column while it is read from its first row to its last, and compares it with what its writer stated: bytes that
/// changed on the disk, or that a library read wrongly, are noticed before the step that read them ends. Rows read in another order, or
/// not all of them, are not covered.
/// </summary>
internal sealed class ReadCheck(string file, long rows, IReadOnlyDictionary<string, ContentHash> stated) : IDisposable
{
    private readonly Dictionary<string, Running> _running = new(StringComparer.Ordinal);

    /// <summary>Compares what is known when a file is opened: its attributes, the names of its columns, and that it has rows.</summary>
    /// <exception cref="StepFailed">They are not what was written.</exception>
    public void Opened(Schema schema, IReadOnlyDictionary<string, string> attributes)
    {
        if (stated.Count == 0) return;
        if (stated.TryGetValue(ProductOutput.SchemaColumn, out ContentHash written))
            Compare(ProductOutput.SchemaColumn, written, ShardLayout.AttributesHash(attributes));
        if (schema.Columns.FirstOrDefault(column => !stated.ContainsKey(column.Name)) is { } unknown)
            throw FormatErrors.UnwrittenColumn(file, unknown.Name, stated.Keys);
        foreach (ColumnSpec column in rows == 0 ? schema.Columns : [])
        {
            using var empty = new ColumnHash(column.Name, column.TypeName);
            Compare(column.Name, stated[column.Name], empty.Finish());
        }
    }

    /// <summary>Adds rows of some columns that were just read.</summary>
    /// <exception cref="StepFailed">These were the last rows of a column, and it is not what was written.</exception>
    public void Add(long first, Batch batch)
    {
        foreach (Column column in batch.Columns)
        {
            if (!stated.TryGetValue(column.Spec.Name, out ContentHash expected)) continue;
            if (!_running.TryGetValue(column.Spec.Name, out Running? running))
                _running.Add(column.Spec.Name, running = new Running(column.Spec));
            if (running.Add(first, column) != rows) continue;
            Compare(column.Spec.Name, expected, running.Finish());
        }
    }

    public void Dispose()
    {
        foreach (Running column in _running.Values) column.Dispose();
    }

    private void Compare(string column, ContentHash expected, ContentHash found)
    {
        if (found != expected) throw FormatErrors.ChangedColumn(file, column, expected, found);
    }

    private sealed class Running(ColumnSpec spec) : IColumnVisitor, IDisposable
    {
        private const long NeverAgain = -1;

        private ColumnHash? _hash;
        private long _next;

        /// <summary>The row up to which all are hashed.</summary>
        public long Add(long first, Column column)
        {
            if (_next == NeverAgain || first != 0 && first != _next) return NeverAgain;
            if (first == 0)
            {
                _hash?.Dispose();
                _hash = new ColumnHash(spec.Name, spec.TypeName);
            }
            column.Accept(this);
            return _next = first + column.Rows;
        }

        public ContentHash Finish()
        {
            _next = NeverAgain;
            return _hash!.Finish();
        }

        public void Visit<T>(Column<T> column) where T : unmanaged => _hash!.Append(column.Values);

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged
        {
            var counts = new int[column.Rows];
            for (int row = 0; row < counts.Length; row++) counts[row] = column.Offsets[row + 1] - column.Offsets[row];
            _hash!.Append(counts, column.Values);
        }

        public void Dispose() => _hash?.Dispose();
    }
}
