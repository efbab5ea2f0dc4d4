using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace TauPipeline.BuildGraph;

/// <summary>A running child, leader of its own process group where the system has <c>setsid</c> and <c>setpriv</c>.</summary>
internal sealed class ChildProcess : IDisposable
{
    // A grandchild that left the group may hold the pipes open; nobody waits for it for long.
    private static readonly TimeSpan PatienceForPipes = TimeSpan.FromSeconds(2);
    private readonly ManualResetEvent _ended = new(false);
    private readonly Process _process;
    private LinePump? _output, _error;

    private ChildProcess(ProcessStartInfo info)
    {
        _process = new Process { StartInfo = info, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _ended.Set();
    }

    /// <summary>Starts a program.</summary>
    /// <exception cref="Foundation.StepFailed">It is not there or refuses.</exception>
    public static ChildProcess Start(ProcessRequest request, ProcessSpawner spawner)
    {
        string program = ProgramPath.Find(request.Program, request.Folder) ?? throw BuildGraphErrors.CannotStart(request.Program, "no such program");
        var child = new ChildProcess(Describe(request, program));
        try { spawner.Start(child._process); }
        catch (Win32Exception problem)
        {
            child.Dispose();
            throw BuildGraphErrors.CannotStart(request.Program, problem.Message);
        }
        child.Connect(request);
        request.Started?.Invoke(child._process.Id);
        return child;
    }

    /// <summary>Waits until it has ended (true), time is up (false), or it is to be cancelled (true).</summary>
    public bool WaitForExit(TimeSpan? limit, CancellationToken cancellation) =>
        WaitHandle.WaitAny([_ended, cancellation.WaitHandle], limit ?? Timeout.InfiniteTimeSpan) != WaitHandle.WaitTimeout;

    /// <summary>SIGTERM to the whole group, and after the grace time KILL.</summary>
    public void Stop(TimeSpan grace)
    {
        Signal(LibC.Terminate);
        if (!_ended.WaitOne(grace)) Signal(LibC.Kill);
        _ended.WaitOne();
    }

    /// <summary>How it ended and what it printed; ends what it left behind in its group.</summary>
    public ProcessOutcome Collect(bool timedOut)
    {
        LibC.SignalGroup(_process.Id, LibC.Kill);
        string output = _output!.Finish(PatienceForPipes), error = _error!.Finish(PatienceForPipes);
        return new ProcessOutcome(_process.ExitCode, output, error, timedOut);
    }

    public void Dispose()
    {
        _process.Dispose();
        _ended.Dispose();
    }

    private static ProcessStartInfo Describe(ProcessRequest request, string program)
    {
        string? session = ProgramPath.Find("setsid"), death = ProgramPath.Find("setpriv");
        string[] command = session is null || death is null ? [program] : [session, death, "--pdeathsig", "KILL", "--", program];
        var info = new ProcessStartInfo(command[0], command.Skip(1).Concat(request.Arguments))
        {
            WorkingDirectory = request.Folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (request.HasCleanEnvironment)
            foreach (string name in info.Environment.Keys.Where(name => name != AttemptProcesses.Mark).ToArray()) info.Environment.Remove(name);
        foreach ((string name, string? value) in request.Environment)
        {
            if (value is null) info.Environment.Remove(name);
            else info.Environment[name] = value;
        }
        return info;
    }

    private void Connect(ProcessRequest request)
    {
        var gate = new Lock();
        Action<string>? OneAtATime(Action<string>? take) => take is null ? null : text => { lock (gate) take(text); };
        _output = new LinePump(_process.StandardOutput.BaseStream, OneAtATime(request.Line));
        _error = new LinePump(_process.StandardError.BaseStream, OneAtATime(request.ErrorLine ?? request.Line));
        if (request.Input is null) _process.StandardInput.Close();
        else new Thread(() => Feed(_process.StandardInput.BaseStream, request.Input)) { IsBackground = true, Name = "feeds a child" }.Start();
    }

    private static void Feed(Stream to, string text)
    {
        try
        {
            to.Write(Encoding.UTF8.GetBytes(text));
            to.Close();
        }
        catch (IOException) { /* it ended without reading all: its exit code says whether that was right */ }
        catch (ObjectDisposedException) { /* as above */ }
    }

    // Until setsid has run there is no group of that number; then the process itself is the one to signal.
    private void Signal(int signal)
    {
        if (!LibC.SignalGroup(_process.Id, signal) && !_ended.WaitOne(0)) LibC.SignalProcess(_process.Id, signal);
    }
}
