using System.Runtime.InteropServices;

namespace TauPipeline.Columns;

/// <summary>Neighbouring rows of one of several batches, and where they go.</summary>
internal readonly record struct RowRun(int Source, int First, int Count, int Target) : IComparable<RowRun>
{
    /// <summary>In the order in which they stand in memory, single ones first, whatever the order they go to.</summary>
    public int CompareTo(RowRun other) =>
        Source != other.Source ? Source.CompareTo(other.Source)
        : (Count == 1) != (other.Count == 1) ? (Count == 1 ? -1 : 1)
        : First.CompareTo(other.First);
}

/// <summary>One row of a batch, and where it goes.</summary>
internal readonly record struct RowMove(int From, int To);

/// <summary>Rows that were noted to be copied later, put in order once for all columns.</summary>
internal sealed class NotedRows
{
    private readonly List<RowRun> _runs = [];
    private readonly List<RowMove> _singles = [];
    private readonly List<(int FirstSingle, int FirstRun, int EndRun)> _sources = [];

    /// <summary>Rows of all runs together.</summary>
    public int Rows { get; private set; }

    /// <summary>All runs, single rows among them.</summary>
    public ReadOnlySpan<RowRun> All => CollectionsMarshal.AsSpan(_runs);

    /// <summary>Notes a run.</summary>
    public void Add(int source, int first, int count)
    {
        _runs.Add(new RowRun(source, first, count, Rows));
        Rows += count;
    }

    /// <summary>Puts all in order; before anything of so many sources is asked for.</summary>
    public void Order(int sources)
    {
        _runs.Sort();
        int run = 0;
        for (int source = 0; source < sources; source++)
        {
            int firstSingle = _singles.Count;
            for (; run < _runs.Count && _runs[run].Source == source && _runs[run].Count == 1; run++)
                _singles.Add(new RowMove(_runs[run].First, _runs[run].Target));
            int firstRun = run;
            while (run < _runs.Count && _runs[run].Source == source) run++;
            _sources.Add((firstSingle, firstRun, run));
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
        _singles.Clear();
        _sources.Clear();
        Rows = 0;
    }
}
