using System.Diagnostics;

namespace TauPipeline.BuildGraph;

/// <summary>Says when so much time has gone by, for work that does something now and then; a clock whose time nobody gets to see.</summary>
/// <param name="length">How much it waits for.</param>
public sealed class NowAndThen(TimeSpan length)
{
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Whether that long has gone by since it was made, or since it last said so.</summary>
    public bool IsDue()
    {
        if (Stopwatch.GetElapsedTime(_last) < length) return false;
        _last = Stopwatch.GetTimestamp();
        return true;
    }
}
