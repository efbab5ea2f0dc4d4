using System.Runtime.InteropServices;

namespace TauPipeline.Columns;

/// <summary>Neighbouring rows of one of several batches, and where they go.</summary>
internal readonly record struct RowRun(int Source, int First, int Count, int Target);

/// <summary>One row of a batch, and where it goes.</summary>
internal readonly record struct RowMove(int From, int To);

/// <summary>Rows that were noted to be copied later, put in order once for all columns.</summary>
internal sealed class NotedRows
{
    private readonly List<RowRun> _runs = [], _ordered = [];
    private readonly List<RowMove> _singles = [];
    private readonly List<(int FirstSingle, int FirstRun, int EndRun)> _sources = [];

    /// <summary>Rows of all runs together.</summary>
    public int Rows { get; private set; }

    /// <summary>All runs, single rows among them, source by source.</summary>
    public ReadOnlySpan<RowRun> All => CollectionsMarshal.AsSpan(_ordered);

    /// <summary>Notes a run.</summary>
    public void Add(int source, int first, int count)
    {
        _runs.Add(new RowRun(source, first, count, Rows));
        Rows += count;
    }

    /// <summary>Puts all in order; before anything of so many sources is asked for.</summary>
    public void Order(int sources)
    {
        var places = new int[2 * sources + 1]; // single rows of a source, then its runs
        foreach (RowRun run in _runs) places[Kind(run) + 1]++;
        for (int i = 1; i < places.Length; i++) places[i] += places[i - 1];
        for (int source = 0; source < sources; source++)
        {
            _sources.Add((_singles.Count, places[2 * source + 1], places[2 * source + 2]));
            CollectionsMarshal.SetCount(_singles, _singles.Count + places[2 * source + 1] - places[2 * source]);
        }
        CollectionsMarshal.SetCount(_ordered, _runs.Count);
        Span<RowRun> ordered = CollectionsMarshal.AsSpan(_ordered);
        foreach (RowRun run in _runs) ordered[places[Kind(run)]++] = run;
        int single = 0;
        foreach (RowRun run in ordered)
            if (run.Count == 1) CollectionsMarshal.AsSpan(_singles)[single++] = new RowMove(run.First, run.Target);
    }

    private static int Kind(RowRun run) => 2 * run.Source + (run.Count == 1 ? 0 : 1);

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
        _ordered.Clear();
        _singles.Clear();
        _sources.Clear();
        Rows = 0;
    }
}
