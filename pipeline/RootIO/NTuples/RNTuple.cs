using System.Runtime.ExceptionServices;
using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>An RNTuple (format 1.0, spec section 6): its columns, and their entries in batches.</summary>
/// <example><code>
/// using RootFile file = RootFile.Open("muons.root");
/// RNTuple events = file.NTuple("Events");
/// foreach (RootBatch batch in events.Read(["nMuon", "Muon_pt"], RootReadOptions.All))
///     total += batch["Muon_pt"].Values&lt;float&gt;().Length;
/// </code></example>
public sealed class RNTuple
{
    private const int MostDigestValues = 65536;
    private readonly FileBytes _file;
    private readonly NTupleSchema _schema;
    private readonly NTupleClusters _clusters;
    private readonly Lazy<(long Stored, long Unpacked)[]> _sizes;
    private readonly Place _place;
    private readonly Dictionary<string, RNTupleColumn> _byName = new(StringComparer.Ordinal);

    internal RNTuple(RecordReader records, RootKey key)
    {
        (_file, _place, Path, Cycle) = (records.File, records.At(key.Key.Offset, key.Path), key.Path, key.Cycle);
        NTupleAnchor anchor = NTupleAnchor.Read(records.Payload(key.Key, key.Key.Offset, key.Path), _place);
        FormatVersion = anchor.Version;
        _schema = NTupleSchema.Read(_file, anchor, key.Path);
        NTupleClusterGroup[] groups = [.. _schema.Groups.OrderBy(group => group.FirstEntry)];
        _clusters = new NTupleClusters(_file, _schema, groups, key.Path);
        _sizes = new Lazy<(long Stored, long Unpacked)[]>(_clusters.Sizes);
        Clusters = groups.Sum(group => (long)group.Clusters);
        foreach (NTupleClusterGroup group in groups)
        {
            if (group.FirstEntry != Entries)
                throw RootErrors.Damaged(_place, "an RNTuple", $"a cluster group from entry {Entries}", $"one from {group.FirstEntry}");
            Entries += group.Entries;
        }
        Columns = [.. NTupleListing.Of(_schema).Select(one => new RNTupleColumn(one.Name, one.Plan, _place))];
        foreach (RNTupleColumn column in Columns) _byName.TryAdd(column.Name, column);
    }

    /// <summary>The file as it was named.</summary>
    public string File => _file.Path;

    /// <summary>The name with its directories.</summary>
    public string Path { get; }

    /// <summary>Version of the object: the highest is the newest.</summary>
    public int Cycle { get; }

    /// <summary>Version of the format: <c>1.0.0.0</c>.</summary>
    public string FormatVersion { get; }

    /// <summary>What its writer says about it.</summary>
    public string Description => _schema.Description;

    /// <summary>The program that wrote it: <c>ROOT v6.35.01</c>.</summary>
    public string Writer => _schema.Writer;

    /// <summary>Number of entries.</summary>
    public long Entries { get; }

    /// <summary>Number of clusters.</summary>
    public long Clusters { get; }

    /// <summary>All columns in the order of their fields, projected ones and those that cannot be read too.</summary>
    public IReadOnlyList<RNTupleColumn> Columns { get; }

    /// <summary>The column of that name, or null.</summary>
    public RNTupleColumn? FindColumn(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The column of that name.</summary>
    /// <exception cref="StepFailed">There is none; names the nearest.</exception>
    public RNTupleColumn Column(string name) => FindColumn(name) ?? throw NTupleErrors.NoField(_place, name, _byName.Keys);

    /// <inheritdoc cref="Read(IReadOnlyList{RNTupleColumn}, RootReadOptions)"/>
    public IEnumerable<RootBatch> Read(IReadOnlyList<string> columns, RootReadOptions options) =>
        Read([.. columns.Select(Column)], options);

    /// <summary>
    /// Entries of these columns in batches. Memory: the batch, and a page and the page list of one cluster group a column; nothing an
    /// entry.
    /// </summary>
    /// <exception cref="StepFailed">A column is missing, is of a kind that is not read, or a page is damaged: says which, and
    /// where.</exception>
    public IEnumerable<RootBatch> Read(IReadOnlyList<RNTupleColumn> columns, RootReadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchEntries);
        long last = options.LastEntry ?? Entries;
        if (options.FirstEntry < 0 || last < options.FirstEntry || last > Entries)
            throw RootErrors.NoSuchEntries(_place, options.FirstEntry, last - 1, Entries);
        foreach (RNTupleColumn column in columns)
            if (column.WhyNotRead is { } reason) throw NTupleErrors.NotRead(column.Place, column.TypeName, reason);
        return Batches([.. columns.Select(column => NTupleColumnReaders.Of(column, _file))], last, options);
    }

    /// <summary>
    /// Bytes of a column's values in the file, and unpacked, without the offsets of its collections; of one that others show under another
    /// name too. The first call reads all page lists once, for all columns.
    /// </summary>
    /// <exception cref="StepFailed">A page list is damaged.</exception>
    public (long Stored, long Unpacked) SizeOf(RNTupleColumn column)
    {
        (long stored, long unpacked) = (0, 0);
        foreach (NTupleColumnRecord record in column.Stored)
            (stored, unpacked) = (stored + _sizes.Value[record.Id].Stored, unpacked + _sizes.Value[record.Id].Unpacked);
        return (stored, unpacked);
    }

    /// <summary>Reads a whole column and gives its values in short.</summary>
    /// <exception cref="StepFailed">The column is not read, or is damaged.</exception>
    public BranchDigest Digest(RNTupleColumn column, CancellationToken cancellation = default)
    {
        // Batches of long arrays hold fewer entries.
        int entries = Math.Max(1, MostDigestValues / Math.Max(1, column.Shape?.FixedLength ?? 1));
        using var digest = new BranchDigestBuilder(
            column.Shape ?? throw NTupleErrors.NotRead(column.Place, column.TypeName, column.WhyNotRead!));
        foreach (RootBatch batch in Read([column], RootReadOptions.All with { BatchEntries = entries, Cancellation = cancellation }))
            digest.Add(batch.Columns[0]);
        return digest.Finish(System.IO.Path.GetFileName(File), $"{Path};{Cycle}", column.Name);
    }

    private IEnumerable<RootBatch> Batches(INTupleColumnReader[] readers, long last, RootReadOptions options)
    {
        for (long entry = options.FirstEntry; entry < last; entry += options.BatchEntries)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            int entries = (int)Math.Min(options.BatchEntries, last - entry);
            List<NTuplePart> parts = _clusters.Of(entry, entries);
            yield return new RootBatch(File, entry, entries, Read(readers, parts, entries, options));
            options.Progress?.Report(entry + entries - options.FirstEntry);
        }
    }

    private static RootColumn[] Read(INTupleColumnReader[] readers, List<NTuplePart> parts, int entries, RootReadOptions options)
    {
        var columns = new RootColumn[readers.Length];
        if (options.Parallelism <= 1 || readers.Length < 2)
        {
            for (int i = 0; i < columns.Length; i++) columns[i] = readers[i].Read(parts, entries);
            return columns;
        }
        try
        {
            Parallel.For(
                0,
                columns.Length,
                new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = options.Cancellation },
                i => columns[i] = readers[i].Read(parts, entries));
        }
        catch (AggregateException several) when (RootErrors.FirstOf(several) is { } first) { ExceptionDispatchInfo.Throw(first); }
        return columns;
    }
}
