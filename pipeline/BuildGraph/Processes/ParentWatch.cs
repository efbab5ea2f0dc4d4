using System.Diagnostics;

namespace TauPipeline.BuildGraph;

/// <summary>Ends this process when its parent is gone: <see cref="LifeLine"/> cannot if the parent died while it was being tied.</summary>
internal sealed class ParentWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly Timer? _timer;

    /// <summary>Watches for the parent with that process id; 0 watches for nobody.</summary>
    public ParentWatch(int parent)
    {
        if (parent == 0 || !OperatingSystem.IsLinux()) return;
        _timer = new Timer(_ =>
        {
            if (LibC.Parent() != parent) Process.GetCurrentProcess().Kill();
        }, null, TimeSpan.Zero, Interval);
    }

    public void Dispose() => _timer?.Dispose();
}
