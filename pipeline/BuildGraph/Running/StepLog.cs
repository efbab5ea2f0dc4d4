using System.Text;

namespace TauPipeline.BuildGraph;

/// <summary>What a child printed: in a file that cannot grow without bounds, and its last lines for the error message.</summary>
internal sealed class StepLog : IDisposable
{
    private const long LargestLog = 16 << 20;
    private const int LinesShown = 40;
    private readonly Queue<string> _last = new();
    private readonly StreamWriter _file;
    private long _written;

    public StepLog(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };
    }

    /// <summary>The last lines.</summary>
    public string Tail => string.Join('\n', _last);

    public void Add(string line)
    {
        _last.Enqueue(line);
        if (_last.Count > LinesShown) _last.Dequeue();
        if (_written > LargestLog) return;
        _file.WriteLine(line);
        _written += line.Length;
        if (_written > LargestLog) _file.WriteLine("… the rest is not kept");
    }

    public void Dispose() => _file.Dispose();
}
