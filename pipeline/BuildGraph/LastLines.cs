namespace TauPipeline.BuildGraph;

/// <summary>The last lines that a program printed, bounded, as they can be shown on a terminal.</summary>
public sealed class LastLines
{
    private const int Most = 40, Longest = 1000;
    private readonly Queue<string> _lines = new();

    /// <summary>Takes one more line.</summary>
    public void Add(string line)
    {
        _lines.Enqueue(line.Length > Longest ? line[..Longest] + "…" : line);
        if (_lines.Count > Most) _lines.Dequeue();
    }

    /// <summary>The lines as they came, each cut at a thousand characters.</summary>
    internal IReadOnlyCollection<string> Raw => _lines;

    /// <summary>The lines, without control codes of others.</summary>
    public override string ToString() => string.Join('\n', _lines.Select(line => string.Concat(line.Select(c => char.IsControl(c) && c != '\t' ? '\uFFFD' : c))));
}
