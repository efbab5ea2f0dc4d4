using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace TauPipeline.BuildGraph;

/// <summary>What each step last saw and made, which files had which content, and which attempts were never ended.</summary>
internal sealed class BuildLog : IDisposable
{
    private const long SmallestToCompact = 1 << 20;
    private static readonly TimeSpan SyncEvery = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    // Files as the log had them when it was opened; what was seen since stands in the dictionary and counts.
    private readonly RecordIndex _keptFiles = new();
    private readonly Dictionary<string, FileSeen> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KeptStep> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttemptStarted> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (AttemptCommitting Attempt, KeptStep Step)> _committing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _released = new(StringComparer.Ordinal);
    private readonly Stopwatch _sinceSync = Stopwatch.StartNew();
    private LogFile? _file;
    private SafeFileHandle? _readOnly;
    private int _records, _newFiles;
    private bool _hasGrown;

    private BuildLog() { }

    /// <summary>Called before each append, by tests that kill the engine there.</summary>
    public Action<string>? Passing { get; init; }

    /// <summary>The log of a folder that we have locked.</summary>
    public static BuildLog Open(BuildFolder folder, Action<string> note, Action<string>? passing = null)
    {
        var log = new BuildLog { Passing = passing };
        log._file = LogFile.Open(folder.Log, folder.Reserve, note, log.Load);
        return log;
    }

    /// <summary>The log as it is now, never written to.</summary>
    public static BuildLog ReadOnly(BuildFolder folder)
    {
        var log = new BuildLog();
        log._readOnly = LogFile.Read(folder.Log, log.Load);
        return log;
    }

    /// <summary>What is known of a step, or <see langword="null"/> if it was never built.</summary>
    public StepRecord? Step(string id)
    {
        lock (_gate) return _steps.TryGetValue(id, out KeptStep kept) ? LogCode.Step(BytesOf(kept)) : null;
    }

    /// <summary>All steps known, ordered by id.</summary>
    public IReadOnlyList<StepRecord> Steps() { lock (_gate) return [.. Finished()]; }

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
    public IReadOnlyList<AttemptCommitting> HalfCommitted()
    {
        lock (_gate) return [.. _committing.Values.Select(committing => committing.Attempt)];
    }

    /// <summary>Attempts that never ended, with the child that worked on them.</summary>
    public IReadOnlyList<AttemptStarted> Unfinished() { lock (_gate) return [.. _started.Values]; }

    /// <summary>Remembers a record. In a read-only log it is remembered by this object only.</summary>
    public void Append(LogRecord record)
    {
        lock (_gate)
        {
            Passing?.Invoke($"log {record.GetType().Name}");
            Remember(record, Kept(record));
            if (_file is null) return;
            if (_sinceSync.Elapsed < SyncEvery) return;
            _file.Sync();
            _sinceSync.Restart();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _readOnly?.Dispose();
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

    // Nearly all of a log are files and finished steps; they stay bytes until somebody asks for them.
    private void Load(ReadOnlyMemory<byte> record, LogPlace place)
    {
        if (LogCode.IsFileSeen(record.Span)) _keptFiles.Put(record.ToArray());
        // A later one is looked into before it takes the place of an earlier one.
        else if (!LogCode.IsKept(record.Span) || !_steps.TryAdd(LogCode.KeyText(record.Span), KeptStep.Of(record, place)))
        {
            Remember(LogCode.Decode(record), KeptStep.Of(record, place));
            return;
        }
        _records++;
    }

    // Written before it is remembered: what the disk refused did not happen.
    private KeptStep Kept(LogRecord record)
    {
        if (_file is null) return new KeptStep(LogCode.Bytes(record), default);
        _hasGrown = true;
        return new KeptStep(default, _file.Append(record));
    }

    private void Remember(LogRecord record, KeptStep kept)
    {
        _records++;
        switch (record)
        {
            case FileSeen seen:
                if (File(seen.Key) is null) _newFiles++;
                _files[seen.Key] = seen;
                break;
            case AttemptStarted started: _started[started.Step] = started; break;
            case AttemptCommitting committing: _committing[committing.Record.Id] = (committing, kept); break;
            case AttemptEnded ended: Forget(ended.Step); break;
            case ProductReleased released: _released.Add(released.Path); break;
            case StepKept step: _steps[step.Record.Id] = kept; break;
            case AttemptDone done:
                if (_committing.TryGetValue(done.Step, out (AttemptCommitting Attempt, KeptStep Step) whole))
                {
                    _steps[done.Step] = whole.Step;
                    foreach (OutputRecord output in whole.Attempt.Record.Outputs) _released.Remove(output.Path);
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

    private ReadOnlyMemory<byte> BytesOf(KeptStep step) =>
        !step.Bytes.IsEmpty ? step.Bytes
        : _file is not null ? _file.At(step.Place)
        : _readOnly is not null ? LogFile.At(_readOnly, step.Place)
        : default;

    private IEnumerable<StepRecord> Finished() =>
        _steps.Keys.Order(StringComparer.Ordinal).Select(Step).OfType<StepRecord>();

    private IEnumerable<FileSeen> Files() =>
        _keptFiles.Keys()
            .Where(key => !_files.ContainsKey(key) && File(key) is not null)
            .Select(key => new FileSeen(key, File(key)!.Value))
            .Concat(_files.Values);

    // After each run that wrote something, so that the next one, which most often has nothing to do, reads little.
    private void CompactIfMuchIsDead()
    {
        int live = _keptFiles.Count + _newFiles + _steps.Count + _started.Count + _committing.Count + _released.Count;
        if (_file!.Length < SmallestToCompact || _records < (_hasGrown ? live + (live / 2) : 3 * live)) return;
        LogFile before = _file;
        // One after the other: the records of steps are read out of the log that is replaced.
        _file = before.Replace(
            Files().Cast<LogRecord>()
                .Concat(Finished().Select(step => new StepKept(step)))
                .Concat(_started.Values)
                .Concat(_committing.Values.Select(committing => committing.Attempt))
                .Concat(_released.Select(path => new ProductReleased(path))));
        if (_file != before) _hasGrown = false;
    }
}
