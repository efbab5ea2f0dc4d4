using System.Text;

namespace TauPipeline.BuildGraph;

/// <summary>Reads what a child prints, on a thread of its own, in bounded memory.</summary>
internal sealed class LinePump
{
    private const int LongestLine = 64 << 10;
    private const int MostKept = 64 << 20;
    private readonly StringBuilder _kept = new();
    private readonly Stream _from;
    private readonly Action<string>? _line;
    private readonly Thread _thread;

    /// <summary>Hands each line to <paramref name="line"/>, or keeps the text if there is nobody to take it.</summary>
    public LinePump(Stream from, Action<string>? line)
    {
        _from = from;
        _line = line;
        _thread = new Thread(Work) { IsBackground = true, Name = "reads a child" };
        _thread.Start();
    }

    /// <summary>What was kept, once the child has closed its end or patience is over.</summary>
    public string Finish(TimeSpan patience)
    {
        _thread.Join(patience);
        lock (_kept) return _kept.ToString();
    }

    private void Work()
    {
        try
        {
            using var reader = new StreamReader(_from, new UTF8Encoding(false));
            if (_line is null) Keep(reader);
            else Split(reader, _line);
        }
        catch (IOException) { /* the pipe was closed from our side: nobody waits for the rest */ }
        catch (ObjectDisposedException) { /* as above */ }
    }

    private void Keep(StreamReader reader)
    {
        var block = new char[8192];
        for (int read; (read = reader.Read(block)) > 0;)
            lock (_kept)
                if (_kept.Length < MostKept) _kept.Append(block, 0, read);
    }

    // A line without an end is cut into pieces, not collected for ever.
    private static void Split(StreamReader reader, Action<string> line)
    {
        var block = new char[8192];
        var open = new StringBuilder();
        for (int read; (read = reader.Read(block)) > 0;)
        {
            ReadOnlySpan<char> rest = block.AsSpan(0, read);
            for (int end; (end = rest.IndexOf('\n')) >= 0; rest = rest[(end + 1)..])
            {
                line(open.Append(rest[..end]).ToString());
                open.Clear();
            }
            open.Append(rest);
            if (open.Length < LongestLine) continue;
            line(open.ToString());
            open.Clear();
        }
        if (open.Length > 0) line(open.ToString());
    }
}
