namespace TauPipeline.BuildGraph;

/// <summary>The last lines that a program printed, bounded, as they can be shown on a terminal.</summary>
public sealed class LastLines
{
    private const int Most = 40, Longest = 1000;
    private readonly Lock _gate = new(); // whoever keeps a pipe open may print while the end is being told
    private readonly Queue<string> _lines = new();

    /// <summary>Takes one more line.</summary>
    public void Add(string line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line.Length > Longest ? line[..Longest] + "…" : line);
            if (_lines.Count > Most) _lines.Dequeue();
        }
    }

    /// <summary>The lines as they came, each cut at a thousand characters.</summary>
    internal IReadOnlyCollection<string> Raw { get { lock (_gate) return [.. _lines]; } }

    /// <summary>The lines, without control codes of others.</summary>
    public override string ToString() =>
        string.Join('\n', Raw.Select(line => string.Concat(line.Select(c => char.IsControl(c) && c != '\t' ? '\uFFFD' : c))));
}
