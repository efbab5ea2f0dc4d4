using System.Runtime.ExceptionServices;

namespace TauPipeline.Learning;

/// <summary>
/// Works on items ahead of the one who wants the results, on threads of its own; results come in the order of the items, whatever the
/// number of threads.
/// </summary>
public static class Prefetch
{
    /// <summary>
    /// The result of each item. Items are taken one at a time, by whichever thread is free, and no more of them than there are threads
    /// wait for the one who reads. What fails, fails when its turn comes; who stops reading stops the threads.
    /// </summary>
    /// <param name="items">Taken from one thread at a time, but not always the same.</param>
    /// <param name="worker">Called once by each thread for what it works with; that is then used by this thread alone.</param>
    /// <param name="threads">0 to work as results are asked for, on the thread that asks.</param>
    public static IEnumerable<TOut> InOrder<TIn, TOut>(IEnumerable<TIn> items, Func<Func<TIn, TOut>> worker, int threads)
    {
        if (threads == 0)
        {
            Func<TIn, TOut> work = worker();
            foreach (TIn item in items) yield return work(item);
            yield break;
        }
        using var line = new Line<TIn, TOut>(items.GetEnumerator(), worker, threads);
        while (line.Next() is { } turn) yield return turn.Result();
    }

    /// <summary>What became of one item.</summary>
    private sealed record Turn<TOut>(TOut Value, ExceptionDispatchInfo? Failure)
    {
        public TOut Result()
        {
            Failure?.Throw();
            return Value;
        }
    }

    /// <summary>The items under way.</summary>
    private sealed class Line<TIn, TOut> : IDisposable
    {
        private readonly IEnumerator<TIn> _items;
        private readonly Lock _source = new();
        private readonly object _turns = new();
        private readonly Dictionary<long, Turn<TOut>> _done = [];
        private readonly SemaphoreSlim _room;
        private readonly CancellationTokenSource _stop = new();
        private readonly Thread[] _threads;
        private long _taken, _given;
        private int _working;
        private bool _isOver;

        public Line(IEnumerator<TIn> items, Func<Func<TIn, TOut>> worker, int threads)
        {
            (_items, _working, _room) = (items, threads, new SemaphoreSlim(2 * threads));
            _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() => Work(worker)) { IsBackground = true })];
            foreach (Thread thread in _threads) thread.Start();
        }

        /// <summary>The next item's turn; <see langword="null"/> after the last.</summary>
        public Turn<TOut>? Next()
        {
            lock (_turns)
            {
                while (!_done.ContainsKey(_given) && _working > 0) Monitor.Wait(_turns);
                if (!_done.Remove(_given, out Turn<TOut>? turn)) return null;
                _given++;
                _room.Release();
                return turn;
            }
        }

        public void Dispose()
        {
            _stop.Cancel();
            foreach (Thread thread in _threads) thread.Join();
            _items.Dispose();
            _room.Dispose();
            _stop.Dispose();
        }

        private void Work(Func<Func<TIn, TOut>> worker)
        {
            // An item that no thread could take is the one that comes next.
            long number = -1;
            try
            {
                Func<TIn, TOut> work = worker();
                while (Take(out TIn? item, out number)) Put(number, new(work(item!), null));
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested) { }
            catch (Exception failure)
            {
                Put(number < 0 ? Over() : number, new(default!, ExceptionDispatchInfo.Capture(failure)));
            }
            lock (_turns)
            {
                _working--;
                Monitor.PulseAll(_turns);
            }
        }

        private bool Take(out TIn? item, out long number)
        {
            (item, number) = (default, -1);
            _room.Wait(_stop.Token);
            lock (_source)
            {
                if (_isOver || !_items.MoveNext())
                {
                    _isOver = true;
                    _room.Release();
                    return false;
                }
                (item, number) = (_items.Current, _taken++);
                return true;
            }
        }

        private long Over()
        {
            lock (_source)
            {
                _isOver = true;
                return _taken++;
            }
        }

        private void Put(long number, Turn<TOut> turn)
        {
            lock (_turns)
            {
                _done[number] = turn;
                Monitor.PulseAll(_turns);
            }
        }
    }
}
