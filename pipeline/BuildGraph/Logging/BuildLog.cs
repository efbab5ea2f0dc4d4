using System.Diagnostics;

namespace TauPipeline.BuildGraph;

/// <summary>What each step last saw and made, which files had which content, and which attempts were never ended.</summary>
internal sealed class BuildLog : IDisposable
{
    private const long SmallestToCompact = 1 << 20;
    private static readonly TimeSpan SyncEvery = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, StepRecord> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileSeen> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttemptStarted> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttemptCommitting> _committing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _released = new(StringComparer.Ordinal);
    private readonly Stopwatch _sinceSync = Stopwatch.StartNew();
    private LogFile? _file;
    private int _records;
    private bool _hasGrown;

    private BuildLog() { }

    /// <summary>Called before each append, by tests that kill the engine there.</summary>
    public Action<string>? Passing { get; init; }

    /// <summary>The log of a folder that we have locked.</summary>
    public static BuildLog Open(BuildFolder folder, Action<string> note, Action<string>? passing = null)
    {
        var log = new BuildLog { Passing = passing };
        log._file = LogFile.Open(folder.Log, folder.Reserve, note, log.Remember);
        return log;
    }

    /// <summary>The log as it is now, never written to.</summary>
    public static BuildLog ReadOnly(BuildFolder folder)
    {
        var log = new BuildLog();
        LogFile.Read(folder.Log, log.Remember);
        return log;
    }

    /// <summary>What is known of a step, or <see langword="null"/> if it was never built.</summary>
    public StepRecord? Step(string id) { lock (_gate) return _steps.GetValueOrDefault(id); }

    /// <summary>All steps known, ordered by id.</summary>
    public IReadOnlyList<StepRecord> Steps() { lock (_gate) return [.. _steps.Values.OrderBy(step => step.Id, StringComparer.Ordinal)]; }

    /// <summary>What is known of a file's content, or <see langword="null"/>.</summary>
    public FileSeen? File(string key) { lock (_gate) return _files.GetValueOrDefault(key); }

    /// <summary>Whether that product may be missing.</summary>
    public bool IsReleased(string path) { lock (_gate) return _released.Contains(path); }

    /// <summary>Whether any product may be missing.</summary>
    public bool HasReleased { get { lock (_gate) return _released.Count > 0; } }

    /// <summary>Whether an attempt at that step began and never ended.</summary>
    public bool WasInterrupted(string id) { lock (_gate) return _started.ContainsKey(id) || _committing.ContainsKey(id); }

    /// <summary>Attempts that were about to rename their outputs when the engine died.</summary>
    public IReadOnlyList<AttemptCommitting> HalfCommitted() { lock (_gate) return [.. _committing.Values]; }

    /// <summary>Attempts that never ended, with the child that worked on them.</summary>
    public IReadOnlyList<AttemptStarted> Unfinished() { lock (_gate) return [.. _started.Values]; }

    /// <summary>Remembers a record. In a read-only log it is remembered by this object only.</summary>
    public void Append(LogRecord record)
    {
        lock (_gate)
        {
            Passing?.Invoke($"log {record.GetType().Name}");
            Remember(record);
            if (_file is null) return;
            _hasGrown = true;
            _file.Append(record);
            if (_sinceSync.Elapsed < SyncEvery) return;
            _file.Sync();
            _sinceSync.Restart();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_file is null) return;
            try
            {
                CompactIfMuchIsDead();
                if (_hasGrown) _file.Sync();
            }
            finally
            {
                _file.Dispose();
                _file = null;
            }
        }
    }

    private void Remember(LogRecord record)
    {
        _records++;
        switch (record)
        {
            case FileSeen seen: _files[seen.Key] = seen; break;
            case AttemptStarted started: _started[started.Step] = started; break;
            case AttemptCommitting committing: _committing[committing.Record.Id] = committing; break;
            case AttemptEnded ended: Forget(ended.Step); break;
            case ProductReleased released: _released.Add(released.Path); break;
            case StepKept kept: _steps[kept.Record.Id] = kept.Record; break;
            case AttemptDone done:
                if (_committing.TryGetValue(done.Step, out AttemptCommitting? whole))
                {
                    _steps[done.Step] = whole.Record;
                    foreach (OutputRecord output in whole.Record.Outputs) _released.Remove(output.Path);
                }
                Forget(done.Step);
                break;
        }
    }

    private void Forget(string step)
    {
        _started.Remove(step);
        _committing.Remove(step);
    }

    // After each run that wrote something, so that the next one, which most often has nothing to do, reads little.
    private void CompactIfMuchIsDead()
    {
        int live = _files.Count + _steps.Count + _started.Count + _committing.Count + _released.Count;
        if (_file!.Length < SmallestToCompact || _records < (_hasGrown ? live + (live / 2) : 3 * live)) return;
        LogFile before = _file;
        _file = before.Replace([.. _files.Values, .. _steps.Values.Select(step => new StepKept(step)), .. _started.Values, .. _committing.Values, .. _released.Select(path => new ProductReleased(path))]);
        if (_file != before) _hasGrown = false;
    }
}
