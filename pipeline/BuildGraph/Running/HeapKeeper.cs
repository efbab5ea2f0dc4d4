namespace TauPipeline.BuildGraph;

/// <summary>
/// Keeps the managed heap near to what lives on it. Left alone, the collector lets garbage among long-lived and large arrays (columns of
/// batches) gather to several times that, and more the longer a run lasts: 240 files took half as much memory again as 12.
/// </summary>
internal sealed class HeapKeeper : IDisposable
{
    private const int LookEvery = 100; // ms

    // More than the youngest generation, which the collector looks after by itself.
    private const long MostGarbage = 24 << 20;

    private readonly Timer _timer;
    private long _lives;

    /// <summary>Begins to look.</summary>
    public HeapKeeper()
    {
        _timer = new Timer(_ => Look());
        _timer.Change(LookEvery, Timeout.Infinite);
    }

    /// <summary>Ends looking.</summary>
    public void Dispose() => _timer.Dispose();

    /// <summary>Whether a heap of that size is to be collected, where so much lived when it was last.</summary>
    public static bool IsFull(long size, long lived) => size > lived + lived / 4 + MostGarbage;

    private void Look()
    {
        if (IsFull(GC.GetTotalMemory(forceFullCollection: false), _lives))
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _lives = GC.GetTotalMemory(forceFullCollection: false);
        }
        try { _timer.Change(LookEvery, Timeout.Infinite); }
        catch (ObjectDisposedException) { } // the run has ended meanwhile
    }
}
