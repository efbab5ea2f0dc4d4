using System.Runtime.InteropServices;

namespace TauPipeline.Columns;

/// <summary>Neighbouring rows of one of several batches, and where they go.</summary>
internal readonly record struct RowRun(int Source, int First, int Count, int Target);

/// <summary>One row of a batch, and where it goes.</summary>
internal readonly record struct RowMove(int From, int To);

/// <summary>
/// Rows that were noted to be copied later, put in order once for all columns: source by source and in each as they lie, so that what is
/// far away in memory is read from one end to the other, and what is made, which is near, is written here and there.
/// </summary>
internal sealed class NotedRows
{
    private readonly List<RowRun> _runs = [];
    private readonly List<ulong> _places = []; // source, single rows first, first row: what runs are ordered by
    private readonly List<RowMove> _singles = [];
    private readonly List<(int FirstSingle, int FirstRun, int EndRun)> _sources = [];

    /// <summary>Rows of all runs together.</summary>
    public int Rows { get; private set; }

    /// <summary>All runs, single rows among them, source by source.</summary>
    public ReadOnlySpan<RowRun> All => CollectionsMarshal.AsSpan(_runs);

    /// <summary>Notes a run.</summary>
    public void Add(int source, int first, int count)
    {
        _places.Add((ulong)(uint)source << 33 | (count == 1 ? 0 : 1ul << 32) | (uint)first);
        _runs.Add(new RowRun(source, first, count, Rows));
        Rows += count;
    }

    /// <summary>Puts all in order; before anything of so many sources is asked for.</summary>
    public void Order(int sources)
    {
        CollectionsMarshal.AsSpan(_places).Sort(CollectionsMarshal.AsSpan(_runs));
        int at = 0;
        for (int source = 0; source < sources; source++)
        {
            int firstSingle = _singles.Count;
            for (; at < _runs.Count && _runs[at] is { Count: 1 } row && row.Source == source; at++)
                _singles.Add(new RowMove(row.First, row.Target));
            int firstRun = at;
            while (at < _runs.Count && _runs[at].Source == source) at++;
            _sources.Add((firstSingle, firstRun, at));
        }
    }

    /// <summary>The single rows of a source.</summary>
    public ReadOnlySpan<RowMove> SinglesOf(int source)
    {
        int end = source + 1 < _sources.Count ? _sources[source + 1].FirstSingle : _singles.Count;
        return CollectionsMarshal.AsSpan(_singles)[_sources[source].FirstSingle..end];
    }

    /// <summary>The runs of a source that are no single rows.</summary>
    public ReadOnlySpan<RowRun> RunsOf(int source) => All[_sources[source].FirstRun.._sources[source].EndRun];

    /// <summary>Starts again from nothing.</summary>
    public void Clear()
    {
        _runs.Clear();
        _places.Clear();
        _singles.Clear();
        _sources.Clear();
        Rows = 0;
    }
}
