using Cake.Core.Diagnostics;
using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>Chooses how a run is shown: JSON lines, bars on a terminal, lines in a pipe, or notes only when it should be quiet.</summary>
internal sealed class RunDisplay : IAsyncDisposable
{
    private readonly LiveReporter? _live;

    public RunDisplay(Invocation call)
    {
        bool isExplaining = call.Line.Has(Options.Explain);
        bool isLive = call.Terminal.IsInteractive && !call.Line.Has(Options.Json) && call.Line.Verbosity >= Verbosity.Normal;
        if (isLive) _live = new LiveReporter(call.Terminal.MakeConsole(), isExplaining);
        Reporter = call.Line.Has(Options.Json) ? new JsonReporter(call.Terminal.Output)
            : call.Line.Verbosity < Verbosity.Normal ? new NotesOnly(call.Terminal.Error)
            : _live is not null ? _live
            : new LineReporter(call.Terminal.Output.WriteLine, isExplaining);
    }

    public IBuildReporter Reporter { get; }

    public ValueTask DisposeAsync() => _live?.DisposeAsync() ?? ValueTask.CompletedTask;

    private sealed class NotesOnly(TextWriter error) : IBuildReporter
    {
        public void Report(BuildEvent happened)
        {
            if (happened is BuildNote note) error.WriteLine(note.Text);
        }
    }
}
