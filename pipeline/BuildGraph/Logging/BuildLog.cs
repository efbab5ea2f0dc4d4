using System.Diagnostics;

namespace TauPipeline.BuildGraph;

/// <summary>What each step last saw and made, which files had which content, and which attempts were never ended.</summary>
internal sealed class BuildLog : IDisposable
{
    private const long SmallestToCompact = 1 << 20, UsualRecord = 512;
    private static readonly TimeSpan SyncEvery = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    // As the log had them when it was opened; what was appended since, or asked for, stands in the dictionaries and counts.
    private readonly RecordIndex _keptSteps, _keptFiles;
    private readonly Dictionary<string, StepRecord> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileSeen> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttemptStarted> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttemptCommitting> _committing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _released = new(StringComparer.Ordinal);
    private readonly Stopwatch _sinceSync = Stopwatch.StartNew();
    private LogFile? _file;
    private int _records, _new;
    private bool _hasGrown, _hasAttempts;

    private BuildLog(BuildFolder folder)
    {
        long expected = (FileStamp.Of(folder.Log)?.Size ?? 0) / UsualRecord;
        _keptSteps = new RecordIndex(expected);
        _keptFiles = new RecordIndex(expected);
    }

    /// <summary>Called before each append, by tests that kill the engine there.</summary>
    public Action<string>? Passing { get; init; }

    /// <summary>The log of a folder that we have locked.</summary>
    public static BuildLog Open(BuildFolder folder, Action<string> note, Action<string>? passing = null)
    {
        var log = new BuildLog(folder) { Passing = passing };
        log._file = LogFile.Open(folder.Log, folder.Reserve, note, log.Load);
        log._steps.EnsureCapacity(log._keptSteps.Count);
        return log;
    }

    /// <summary>The log as it is now, never written to.</summary>
    public static BuildLog ReadOnly(BuildFolder folder)
    {
        var log = new BuildLog(folder);
        LogFile.Read(folder.Log, log.Load);
        return log;
    }

    /// <summary>What is known of a step, or <see langword="null"/> if it was never built.</summary>
    public StepRecord? Step(string id)
    {
        lock (_gate)
        {
            if (_steps.TryGetValue(id, out StepRecord? step)) return step;
            return LogCode.KeptStep(id, _keptSteps.Find(id)) is { } kept ? _steps[id] = kept : null;
        }
    }

    /// <summary>All steps known, ordered by id.</summary>
    public IReadOnlyList<StepRecord> Steps()
    {
        lock (_gate)
        {
            foreach (string id in _keptSteps.Keys()) Step(id);
            return [.. _steps.Values.OrderBy(step => step.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>What is known of a file's content, or <see langword="null"/>.</summary>
    public SeenContent? File(string key)
    {
        lock (_gate) return _files.TryGetValue(key, out FileSeen? seen) ? seen.Seen : LogCode.SeenFile(_keptFiles.Find(key));
    }

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

    // Nearly all of a log are files and finished steps; they stay bytes until somebody asks for them. Behind the
    // first attempt those of files are copied: they lie between attempts there, and would keep the blocks that these came in.
    private void Load(ReadOnlyMemory<byte> record)
    {
        if (LogCode.IsFileSeen(record.Span)) _keptFiles.Put(_hasAttempts ? record.ToArray() : record);
        else if (LogCode.IsKept(record.Span) && _steps.Count == 0) _keptSteps.Put(record);
        else
        {
            _hasAttempts = true;
            Remember(LogCode.Decode(record));
            return;
        }
        _records++;
    }

    private void Remember(LogRecord record)
    {
        _records++;
        switch (record)
        {
            case FileSeen seen:
                if (File(seen.Key) is null) _new++;
                _files[seen.Key] = seen;
                break;
            case AttemptStarted started: _started[started.Step] = started; break;
            case AttemptCommitting committing: _committing[committing.Record.Id] = committing; break;
            case AttemptEnded ended: Forget(ended.Step); break;
            case ProductReleased released: _released.Add(released.Path); break;
            case StepKept kept: Keep(kept.Record); break;
            case AttemptDone done:
                if (_committing.TryGetValue(done.Step, out AttemptCommitting? whole))
                {
                    Keep(whole.Record);
                    foreach (OutputRecord output in whole.Record.Outputs) _released.Remove(output.Path);
                }
                Forget(done.Step);
                break;
        }
    }

    private void Keep(StepRecord record)
    {
        if (Step(record.Id) is null) _new++;
        _steps[record.Id] = record;
    }

    private void Forget(string step)
    {
        _started.Remove(step);
        _committing.Remove(step);
    }

    private IEnumerable<FileSeen> Files() =>
        _keptFiles.Keys()
            .Where(key => !_files.ContainsKey(key) && File(key) is not null)
            .Select(key => new FileSeen(key, File(key)!.Value))
            .Concat(_files.Values);

    // After each run that wrote something, so that the next one, which most often has nothing to do, reads little.
    private void CompactIfMuchIsDead()
    {
        int live = _keptFiles.Count + _keptSteps.Count + _new + _started.Count + _committing.Count + _released.Count;
        if (_file!.Length < SmallestToCompact || _records < (_hasGrown ? live + (live / 2) : 3 * live)) return;
        LogFile before = _file;
        _file = before.Replace([
            .. Files(),
            .. Steps().Select(step => new StepKept(step)),
            .. _started.Values,
            .. _committing.Values,
            .. _released.Select(path => new ProductReleased(path)),
        ]);
        if (_file != before) _hasGrown = false;
    }
}
