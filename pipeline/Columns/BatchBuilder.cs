using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>
/// Collects rows of many batches of one schema into new batches; used where rows are mixed. What is appended is noted first
/// and copied later, column by column, so that columns are looked up once a batch and not once a value, and read from one end
/// to the other.
/// </summary>
public sealed class BatchBuilder
{
    // So many rows are noted before they are copied, for until then their batches are kept alive.
    private const int MostNoted = 4096;

    private readonly ColumnGrower[] _growers;
    private readonly NotedRows _noted = new();
    private readonly List<Column[]> _sources = [];
    private readonly Dictionary<Batch, int> _places = [];
    private Batch? _last;
    private int _lastPlace;

    /// <summary>A builder for that schema.</summary>
    public BatchBuilder(Schema schema) => _growers = [.. schema.Columns.Select(ColumnGrower.Of)];

    /// <summary>Rows collected so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds one row of a batch that has all our columns.</summary>
    /// <exception cref="StepFailed">The batch lacks a column, or has it with another type.</exception>
    public void Append(Batch batch, int row) => Append(batch, row, 1);

    /// <summary>Adds a run of neighbouring rows of a batch that has all our columns.</summary>
    /// <exception cref="StepFailed">The batch lacks a column, or has it with another type.</exception>
    /// <exception cref="Defect">The batch has no such rows.</exception>
    public void Append(Batch batch, int first, int count)
    {
        if ((uint)first > (uint)batch.Rows || (uint)count > (uint)(batch.Rows - first))
            throw new Defect($"rows {first} to {first + count - 1} of a batch of {batch.Rows}");
        _noted.Add(PlaceOf(batch), first, count);
        Rows += count;
        if (_noted.Rows >= MostNoted) Copy();
    }

    /// <summary>The rows collected so far as a batch; the builder starts again from nothing.</summary>
    public Batch Build()
    {
        Copy();
        var batch = new Batch(_growers.Select(grower => grower.Finish()), Rows);
        Rows = 0;
        return batch;
    }

    private int PlaceOf(Batch batch)
    {
        if (ReferenceEquals(batch, _last)) return _lastPlace;
        if (!_places.TryGetValue(batch, out int place))
        {
            Column[] columns = [.. _growers.Select(grower => grower.In(batch))];
            place = _sources.Count;
            _sources.Add(columns);
            _places.Add(batch, place);
        }
        (_last, _lastPlace) = (batch, place);
        return place;
    }

    private void Copy()
    {
        _noted.Order(_sources.Count);
        var columns = new Column[_sources.Count];
        for (int i = 0; i < _growers.Length; i++)
        {
            for (int source = 0; source < columns.Length; source++) columns[source] = _sources[source][i];
            _growers[i].Append(columns, _noted);
        }
        _noted.Clear();
        _sources.Clear();
        _places.Clear();
        _last = null;
    }
}
