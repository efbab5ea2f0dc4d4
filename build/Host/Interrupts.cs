using System.Runtime.InteropServices;

namespace TauPipeline.Host;

/// <summary>Ctrl-C, SIGTERM and SIGHUP: the first asks everything to stop cleanly, the second ends the program at once.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action<string> _say;

    public Interrupts(Action<string> say)
    {
        _say = say;
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, Stop));
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (_stop.IsCancellationRequested) Environment.Exit(ExitCode.Interrupted); // children die with us: see ProcessRunner
        _say("stopping; once more to stop at once");
        _ = _stop.CancelAsync();
    }
}
