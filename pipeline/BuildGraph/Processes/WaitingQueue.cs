using System.Diagnostics.CodeAnalysis;

namespace TauPipeline.BuildGraph;

/// <summary>A queue whose reader sleeps, and does not spin, while it is empty: the processors are the steps'.</summary>
internal sealed class WaitingQueue<T>
{
    private readonly Queue<T> _items = new();
    private readonly object _gate = new();
    private bool _closed;

    public void Put(T item)
    {
        lock (_gate)
        {
            _items.Enqueue(item);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for an item; <see langword="false"/> once the queue is closed and empty.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        lock (_gate)
        {
            while (_items.Count == 0 && !_closed) Monitor.Wait(_gate);
            return _items.TryDequeue(out item);
        }
    }
}
