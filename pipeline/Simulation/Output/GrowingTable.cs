using TauPipeline.Columns;

namespace TauPipeline.Simulation;

/// <summary>
/// The columns of one prefix of TauTuple while they are filled: of the candidates themselves, or of a kind of constituents.
/// </summary>
internal sealed class GrowingTable(string prefix, bool isJagged)
{
    private readonly List<IGrowingColumn> _columns = [];
    private readonly List<int> _offsets = [0];

    public IEnumerable<ColumnSpec> Specs => _columns.Select(column => column.Spec);

    public Growing<float> Float(string name) => Add(name, Absent.Float);

    public Growing<int> Int(string name) => Add(name, Absent.Int);

    public Growing<int> Index() => Add("index", Absent.Index);

    public Growing<T> Add<T>(string name, T missing = default) where T : unmanaged
    {
        var column = new Growing<T>(prefix.Length == 0 ? name : $"{prefix}_{name}", isJagged ? prefix : null, missing);
        _columns.Add(column);
        return column;
    }

    /// <summary>A row for an absent object.</summary>
    public void AddMissing()
    {
        foreach (IGrowingColumn column in _columns) column.AddMissing();
    }

    /// <summary>Closes the constituents of a candidate.</summary>
    public void EndRow()
    {
        if (isJagged) _offsets.Add(_columns[0].Count);
    }

    public IEnumerable<Column> Finish()
    {
        int[] offsets = _offsets.ToArray();
        _offsets.RemoveRange(1, _offsets.Count - 1);
        return [.. _columns.Select(column => column.Finish(offsets))];
    }
}
