using System.Runtime.InteropServices;

namespace TauPipeline.BuildGraph;

/// <summary>Starts children that die with us.</summary>
internal sealed class ProcessSpawner
{
    private readonly LifeLine _line = new();

    /// <summary>Starts a child as leader of a session and a group of its own.</summary>
    /// <returns>Its process id.</returns>
    /// <exception cref="Foundation.StepFailed">It cannot be started.</exception>
    public int Start(ChildStart start)
    {
        using SafeHandle? line = _line.Open();
        int error = LibC.Spawn(start with { LifeLine = line }, out int process);
        if (error != 0) throw BuildGraphErrors.CannotStart(start.Program, Marshal.GetPInvokeErrorMessage(error));
        if (line is not null) LibC.GiveTo(line, process);
        return process;
    }
}
