using System.Diagnostics;
using System.Text.Json;

namespace TauPipeline.BuildGraph;

/// <summary>Prints the progress of a child for its parent to read, ten times a second at most; warnings always.</summary>
internal sealed class ProgressPrinter(TextWriter to) : IProgress<Progress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private long _last;

    public void Report(Progress value)
    {
        lock (_gate)
        {
            if (_last != 0 && value.Warning is null && value.Done < value.Total && Stopwatch.GetElapsedTime(_last) < Interval) return;
            _last = Stopwatch.GetTimestamp();
            to.WriteLine(JsonSerializer.Serialize(new ProgressLine(value), EngineJson.Default.ProgressLine));
            to.Flush();
        }
    }
}
