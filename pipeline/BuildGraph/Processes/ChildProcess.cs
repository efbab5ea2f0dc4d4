using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TauPipeline.BuildGraph;

/// <summary>
/// A running child, leader of its own process group. Whoever waits for it takes what it prints meanwhile, so that it needs no thread.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    // A grandchild that left the group may hold the pipes open; nobody waits for it for long.
    private static readonly TimeSpan PatienceForPipes = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);
    private readonly ChildOutput _output, _error;
    private readonly Action<int>? _look;
    private readonly AnonymousPipeServerStream? _input;
    private SafeFileHandle _end = new();
    private int _id;
    private int? _exitCode;
    private long _lastLook;

    private ChildProcess(ProcessRequest request)
    {
        _look = request.Look;
        _output = new ChildOutput(request.Line);
        _error = new ChildOutput(request.ErrorLine ?? request.Line);
        if (request.Input is not null) _input = new AnonymousPipeServerStream(PipeDirection.Out);
    }

    // How soon it is seen that it is to be cancelled and, where nothing wakes us then, that it has ended.
    private TimeSpan Glance => TimeSpan.FromMilliseconds(_end.IsInvalid ? 5 : 50);

    /// <summary>Starts a program.</summary>
    /// <exception cref="Foundation.StepFailed">It is not there or refuses.</exception>
    public static ChildProcess Start(ProcessRequest request, ProcessSpawner spawner)
    {
        string program = ProgramPath.Find(request.Program, request.Folder)
            ?? throw BuildGraphErrors.CannotStart(request.Program, "no such program");
        var child = new ChildProcess(request);
        try
        {
            child.Begin(request, program, spawner);
            request.Started?.Invoke(child._id);
            child.Look();
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>Waits until it has ended (true), time is up (false), or it is to be cancelled (true).</summary>
    public bool WaitForExit(TimeSpan? limit, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = limit is { } most ? most - Stopwatch.GetElapsedTime(start) : Glance;
            Listen(left < Glance ? left : Glance);
            if (_exitCode is not null || cancellation.IsCancellationRequested) return true;
            if (left <= TimeSpan.Zero) return false;
        }
    }

    /// <summary>SIGTERM to the whole group, and after the grace time KILL.</summary>
    public void Stop(TimeSpan grace)
    {
        LibC.SignalGroup(_id, LibC.Terminate);
        if (!WaitForExit(grace, CancellationToken.None)) LibC.SignalGroup(_id, LibC.Kill);
        WaitForExit(null, CancellationToken.None);
    }

    /// <summary>How it ended and what it printed; ends what it left behind in its group.</summary>
    public ProcessOutcome Collect(bool timedOut)
    {
        LibC.SignalGroup(_id, LibC.Kill);
        long start = Stopwatch.GetTimestamp();
        while (!(_output.HasEnded && _error.HasEnded) && Stopwatch.GetElapsedTime(start) < PatienceForPipes) Listen(Glance);
        return new ProcessOutcome(_exitCode!.Value, _output.Kept, _error.Kept, timedOut);
    }

    /// <summary>Ends it if it has not ended.</summary>
    public void Dispose()
    {
        if (_id != 0 && _exitCode is null)
        {
            LibC.SignalGroup(_id, LibC.Kill);
            LibC.Reap(_id, wait: true);
        }
        _output.Dispose();
        _error.Dispose();
        _input?.Dispose();
        _end.Dispose();
    }

    private void Begin(ProcessRequest request, string program, ProcessSpawner spawner)
    {
        _id = spawner.Start(new ChildStart(program, [program, .. request.Arguments, null], ChildEnvironment.Of(request), request.Folder)
        {
            Input = _input?.ClientSafePipeHandle,
            Output = _output.WritingEnd,
            Error = _error.WritingEnd,
        });
        _end = LibC.OpenProcess(_id);
        _output.HandOver();
        _error.HandOver();
        _input?.DisposeLocalCopyOfClientHandle();
        if (_input is not null) new Thread(() => Feed(_input, request.Input!)) { IsBackground = true, Name = "feeds a child" }.Start();
    }

    private static void Feed(AnonymousPipeServerStream to, string text)
    {
        try
        {
            to.Write(Encoding.UTF8.GetBytes(text));
            to.Dispose();
        }
        catch (IOException) { /* it ended without reading all: its exit code says whether that was right */ }
        catch (ObjectDisposedException) { /* as above */ }
    }

    private void Look()
    {
        _lastLook = Stopwatch.GetTimestamp();
        _look?.Invoke(_id);
    }

    // Takes what it prints, waiting no longer than that for it to print or end.
    private void Listen(TimeSpan wait)
    {
        Span<LibC.Watched> files = [_output.ToWatch(), _error.ToWatch(), new(_exitCode is null ? (int)_end.DangerousGetHandle() : -1)];
        LibC.Poll(files, wait);
        if (files[0].IsReady) _output.Take();
        if (files[1].IsReady) _error.Take();
        if (_exitCode is null && _look is not null && Stopwatch.GetElapsedTime(_lastLook) >= BetweenLooks) Look();
        _exitCode ??= LibC.Reap(_id, wait: false);
    }
}
