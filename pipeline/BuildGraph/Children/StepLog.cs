using System.Globalization;
using System.Text;

namespace TauPipeline.BuildGraph;

/// <summary>
/// What a child printed: in a file that cannot grow without bounds, beginning and end, and its last lines for the error message.
/// </summary>
internal sealed class StepLog : IDisposable
{
    private const long LargestLog = 16 << 20;
    private const int TailRead = 256 << 10;
    // a write for each of millions of short lines would cost more than they do
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(300);
    private readonly LastLines _last = new();
    private readonly Lock _gate = new();
    private readonly StreamWriter _file;
    private readonly Timer _flush;
    private long _written, _lost;
    private int _linesLost;
    private bool _isClosed;

    /// <summary>The log of an attempt; that of the second and later ones follows what is there.</summary>
    public StepLog(string path, int attempt = 1)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = new StreamWriter(path, append: attempt > 1, new UTF8Encoding(false)) { NewLine = "\n" };
        if (attempt > 1) _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"--- attempt {attempt} ---"));
        _flush = new Timer(_ => Flush(), null, FlushInterval, FlushInterval);
    }

    /// <summary>The last lines, as they can be shown.</summary>
    public string Tail => _last.ToString();

    /// <summary>The last lines of a log that has been written; nothing if there is none.</summary>
    public static string TailOf(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > TailRead) file.Seek(-TailRead, SeekOrigin.End);
            using var reader = new StreamReader(file, new UTF8Encoding(false));
            var last = new LastLines();
            while (reader.ReadLine() is { } line) last.Add(line);
            return last.ToString();
        }
        catch (IOException) { return ""; /* it never came to print */ }
    }

    /// <summary>Takes one more line; what comes after the end is nobody's.</summary>
    public void Add(string line)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _last.Add(line);
            int bytes = Encoding.UTF8.GetByteCount(line) + 1;
            if (_lost > 0 || _written + bytes > LargestLog)
            {
                _lost += bytes;
                _linesLost++;
                return;
            }
            _file.WriteLine(line);
            _written += bytes;
        }
    }

    /// <summary>Ends the log; where it was cut, its last lines follow.</summary>
    public void Dispose()
    {
        _flush.Dispose();
        lock (_gate)
        {
            _isClosed = true;
            if (_lost > 0)
            {
                _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… {_lost} bytes are not kept; the last lines:"));
                foreach (string line in _last.Raw.TakeLast(_linesLost)) _file.WriteLine(line);
            }
            _file.Dispose();
        }
    }

    // A full disk shows when the log is closed.
    private void Flush()
    {
        lock (_gate)
        {
            try { if (!_isClosed) _file.Flush(); }
            catch (IOException) { /* said then */ }
        }
    }
}
