namespace TauPipeline.BuildGraph;

/// <summary>
/// Threads that steps run on, used again from step to step. Not those of the pool: steps block for minutes, and the pool
/// must stay free for what they start themselves. Called by one thread.
/// </summary>
internal sealed class StepThreads : IDisposable
{
    private readonly WaitingQueue<Order> _orders = new();
    private int _busy, _threads;

    /// <summary>Does some work on a thread that is free, or a new one, and tells when it has ended; neither may throw.</summary>
    public void Run(Action work, Action then)
    {
        if (Interlocked.Increment(ref _busy) > _threads)
        {
            _threads++;
            new Thread(Loop) { IsBackground = true, Name = "works on steps" }.Start();
        }
        _orders.Put(new Order(work, then));
    }

    /// <summary>Lets the threads end; no work may be under way.</summary>
    public void Dispose() => _orders.Close();

    private sealed record Order(Action Work, Action Then);

    private void Loop()
    {
        while (_orders.TryTake(out Order? order))
        {
            order.Work();
            Interlocked.Decrement(ref _busy);
            order.Then();
        }
    }
}
