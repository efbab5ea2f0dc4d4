using Spectre.Console;
using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>A bar per running step with its rate and the time left, for a terminal; lines of finished steps scroll by above.</summary>
internal sealed class LiveReporter : IBuildReporter, IAsyncDisposable
{
    private readonly Dictionary<string, ProgressTask> _bars = [];
    private readonly TaskCompletionSource<ProgressContext> _started = new();
    private readonly TaskCompletionSource _ended = new();
    private readonly LineReporter _lines;
    private readonly Task _display;

    public LiveReporter(IAnsiConsole console, bool isExplaining)
    {
        _lines = new LineReporter(text => console.WriteLine(text), isExplaining);
        _display = console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RateColumn(),
                new RemainingTimeColumn())
            .StartAsync(context =>
            {
                _started.SetResult(context);
                return _ended.Task;
            });
    }

    public void Report(BuildEvent happened)
    {
        switch (happened)
        {
            case StepStarted started:
                ProgressTask bar = _started.Task.Result.AddTask(Markup.Escape(started.Step.Id));
                bar.IsIndeterminate = true;
                _bars[started.Step.Id] = bar;
                break;
            case StepProgressed progressed when _bars.TryGetValue(progressed.Step.Id, out ProgressTask? running):
                Advance(running, progressed);
                break;
            case StepEnded ended when _bars.Remove(ended.Step.Id, out ProgressTask? finished):
                finished.StopTask();
                finished.Value = finished.MaxValue;
                break;
        }
        _lines.Report(happened);
    }

    public async ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        await _display;
    }

    private static void Advance(ProgressTask bar, StepProgressed progressed)
    {
        BuildGraph.Progress progress = progressed.Progress;
        bar.IsIndeterminate = progress.Total <= 0;
        bar.MaxValue = Math.Max(1, progress.Total);
        // A full bar counts as completed and would vanish before the step has committed.
        bar.Value = Math.Min(progress.Done, bar.MaxValue * 0.999);
        bar.Tag = progress.Unit;
        bar.Description = Markup.Escape(progress.Note is null ? progressed.Step.Id : $"{progressed.Step.Id}: {progress.Note}");
    }
}
