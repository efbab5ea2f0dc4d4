using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Queues;

/// <summary>
/// Has steps worked on by a site's batch system. Rows that are ready together are submitted together, as an array; what became of them is
/// read from files that their jobs write. Jobs that an earlier run submitted are taken over by their names.
/// </summary>
public sealed class BatchExecutor : IStepExecutor, IAsyncDisposable
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(150);
    private const int MostGatherings = 20, LooksAPoll = 10;

    private readonly QueueSettings _settings;
    private readonly WaveBook _book;
    private readonly WaveWork _work;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _gate = new();
    private Task? _loop;

    internal BatchExecutor(IBatchSystem system, QueueSettings settings, string queue, IReadOnlyList<string> host)
    {
        _settings = settings;
        _book = new WaveBook(queue);
        _work = new WaveWork(system, settings, _book, new WavePlan(settings, queue, host));
    }

    /// <inheritdoc/>
    public int? Slots => _settings.Slots;

    /// <summary>One that hands steps to Slurm.</summary>
    /// <param name="settings">What jobs ask for.</param>
    /// <param name="queue">The folder of our own files, below the output folder.</param>
    /// <param name="host">Program and first arguments of the host.</param>
    public static BatchExecutor OnSlurm(QueueSettings settings, string queue, IReadOnlyList<string> host) =>
        new(new SlurmSystem(settings), settings, queue, host);

    /// <summary>One that hands steps to HTCondor; see <see cref="OnSlurm"/>.</summary>
    public static BatchExecutor OnCondor(QueueSettings settings, string queue, IReadOnlyList<string> host) =>
        new(new CondorSystem(settings), settings, queue, host);

    /// <inheritdoc/>
    public bool Takes(Step step) => !_settings.Of(step.Stage).IsHere;

    /// <inheritdoc/>
    public bool Keeps(string attempt) => _book.Has(attempt);

    /// <inheritdoc/>
    public string? Adopt(string step, ContentHash fingerprint)
    {
        string? attempt = _book.Adopt(step, fingerprint);
        if (_book.HasUnwanted) Wake();
        return attempt;
    }

    /// <inheritdoc/>
    public async Task<RowEnd> Run(FrozenRow row, RowWatch watch, CancellationToken cancellation)
    {
        var waiter = new Waiter(row, watch);
        _book.Wait(waiter);
        Wake();
        await using CancellationTokenRegistration leaving = cancellation.Register(() =>
        {
            _book.Leave(waiter, _settings.StaysAfterInterrupt);
            _wake.Release();
        });
        return await waiter.End.Task;
    }

    /// <summary>Ends it; jobs that still run are left to the next run.</summary>
    public async ValueTask DisposeAsync()
    {
        for (int i = 0; i < MostGatherings && _loop is not null && _book.HasUnwanted; i++) await Task.Delay(Gathering);
        await _closing.CancelAsync();
        if (_loop is not null) await _loop;
        _closing.Dispose();
        _wake.Dispose();
    }

    private void Wake()
    {
        lock (_gate) _loop ??= Task.Run(Loop, CancellationToken.None);
        _wake.Release();
    }

    private async Task Loop()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(_book.HasWork ? _settings.Poll / LooksAPoll : Timeout.InfiniteTimeSpan, _closing.Token);
                await Gather();
                await _work.Turn(_closing.Token);
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested) { return; }
            catch (Exception problem) { _work.Fail(problem); }
        }
    }

    // The rows of a stage become ready within moments of each other: one array is better than many.
    private async Task Gather()
    {
        for (int i = 0, before = 0; i < MostGatherings && _book.Fresh is var now && now > before; i++, before = now)
            await Task.Delay(Gathering, _closing.Token);
        while (_wake.Wait(0, CancellationToken.None)) { }
    }
}
