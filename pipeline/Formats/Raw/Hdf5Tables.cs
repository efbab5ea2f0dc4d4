using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>
/// The tables of an HDF5 file: a data set of records by its name (<c>jets</c>), or a group of data sets of one length (<c>taus</c>).
/// Data sets with further axes that stand beside the records, or in the group, and have as many rows are its constituents.
/// </summary>
internal sealed class Hdf5Tables : IRawTables
{
    private readonly Hdf5File _file;
    private readonly Dictionary<string, Hdf5Object> _objects;
    private readonly List<Hdf5RawTable> _open = [];

    public Hdf5Tables(string path)
    {
        _file = Hdf5File.Open(path);
        try { _objects = _file.Inspect().ToDictionary(found => found.Path, StringComparer.Ordinal); }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string File => _file.Path;

    public string? Warning => null;

    public IEnumerable<string> Names =>
        _objects.Values.Where(found => found.Path != "/" && (IsRecords(found) || Members(found).Length > 0))
            .Select(found => found.Path[1..]);

    public IRawTable? Find(string name)
    {
        if (!_objects.TryGetValue($"/{name}", out Hdf5Object? found)) return null;
        Hdf5Object[] parts = IsRecords(found) ? [found, .. Beside(found)] : Members(found);
        if (parts.Length == 0) return null;
        var table = new Hdf5RawTable(
            new RawTableName(File, IsRecords(found) ? "data set" : "group", name, IsRecords(found) ? "field" : "data set"),
            [.. parts.Select(part => new Hdf5Part(_file.Dataset(part.Path)))]);
        _open.Add(table);
        return table;
    }

    public void Dispose()
    {
        foreach (Hdf5RawTable table in _open) table.Dispose();
        _file.Dispose();
    }

    private static bool IsRecords(Hdf5Object found) => found is { Kind: "dataset", Shape.Count: 1, Type.Fields.Count: > 0 };

    // What has another length is no column of the same rows.
    private IEnumerable<Hdf5Object> Beside(Hdf5Object records) =>
        InGroup(records.Path[..records.Path.LastIndexOf('/')]).Where(other => other.Shape.Count > 1 && other.Shape[0] == records.Shape[0]);

    private Hdf5Object[] Members(Hdf5Object group)
    {
        if (group.Kind != "group") return [];
        Hdf5Object[] inside = [.. InGroup(group.Path.TrimEnd('/')).Where(other => other.Shape.Count > 0)];
        return
            inside.Any(other => other.Shape.Count == 1 && other.Type!.Fields.Count == 0)
            && inside.DistinctBy(other => other.Shape[0]).Count() == 1
            ? inside
            : [];
    }

    private IEnumerable<Hdf5Object> InGroup(string group) =>
        _objects.Values.Where(other =>
            other.Kind == "dataset"
            && other.Path.LastIndexOf('/') == group.Length
            && other.Path.StartsWith($"{group}/", StringComparison.Ordinal));
}
