using System.Collections.Concurrent;
using System.Diagnostics;

namespace TauPipeline.BuildGraph;

/// <summary>
/// The one thread that starts all children. It never ends while we live: the kernel sends the parent-death signal when
/// the starting thread dies, and a pool thread retires after some 20 seconds without work.
/// </summary>
internal sealed class ProcessSpawner
{
    private readonly BlockingCollection<(Process Process, TaskCompletionSource Started)> _orders = [];

    public ProcessSpawner() => new Thread(Work) { IsBackground = true, Name = "starts children" }.Start();

    /// <summary>Starts a process on that thread; throws what <see cref="Process.Start()"/> throws.</summary>
    public void Start(Process process)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _orders.Add((process, started));
        started.Task.GetAwaiter().GetResult();
    }

    private void Work()
    {
        foreach ((Process process, TaskCompletionSource started) in _orders.GetConsumingEnumerable())
        {
            try
            {
                process.Start();
                started.SetResult();
            }
            catch (Exception problem) { started.SetException(problem); }
        }
    }
}
