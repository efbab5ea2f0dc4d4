using TauPipeline.Columns;

namespace TauPipeline.Formats;

/// <summary>Data sets of one length as columns of the same rows.</summary>
internal sealed class Hdf5RawTable : IRawTable, IDisposable
{
    private const long MostCachedBytes = 1 << 20;

    private readonly IReadOnlyList<Hdf5Part> _parts;
    private readonly Dictionary<string, (Hdf5Part Part, Hdf5PartColumn Column)> _columns = new(StringComparer.Ordinal);

    public Hdf5RawTable(RawTableName name, IReadOnlyList<Hdf5Part> parts)
    {
        (Name, _parts) = (name, parts);
        foreach (Hdf5Part part in parts)
            foreach (Hdf5PartColumn column in part.Columns) _columns.TryAdd(column.Name, (part, column));
        Schema = new Schema(_columns.Values.Select(one => one.Column.Spec).OfType<ColumnSpec>());
    }

    public RawTableName Name { get; }

    public long Rows => _parts[0].Rows;

    public int CachedRows => (int)Math.Clamp(MostCachedBytes / Math.Max(1, _parts.Sum(part => part.RowBytes)), 64, 4096);

    public Schema Schema { get; }

    public RawColumn? Find(string column) =>
        _columns.TryGetValue(column, out (Hdf5Part, Hdf5PartColumn Column) found)
            ? new RawColumn(found.Column.TypeName, found.Column.Spec)
            : null;

    public IEnumerable<Batch> Read(RawSelection what, CancellationToken cancellation)
    {
        ILookup<Hdf5Part, string> wanted = what.Columns.Select(Known).ToLookup(one => one.Part, one => one.Column.Name);
        long end = what.End ?? Rows;
        for (long first = what.First; first < end; first += what.BatchRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = (int)Math.Min(what.BatchRows, end - first);
            Dictionary<string, Column> read = wanted.SelectMany(part => part.Key.Read(first, rows, [.. part]))
                .ToDictionary(column => column.Spec.Name, StringComparer.Ordinal);
            yield return new Batch(what.Columns.Select(name => read[name]), rows);
        }
    }

    public void Dispose()
    {
        foreach (Hdf5Part part in _parts) part.Dispose();
    }

    private (Hdf5Part Part, Hdf5PartColumn Column) Known(string name) =>
        !_columns.TryGetValue(name, out (Hdf5Part Part, Hdf5PartColumn Column) found)
        ? throw FormatErrors.NoRawColumn(Name, name, _columns.Keys)
        : found.Column.Spec is null ? throw FormatErrors.NotNumbers(Name, name, found.Column.TypeName) : found;
}
