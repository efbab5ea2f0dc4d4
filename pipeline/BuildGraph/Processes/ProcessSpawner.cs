using System.Runtime.InteropServices;

namespace TauPipeline.BuildGraph;

/// <summary>Starts children that die with us.</summary>
internal sealed class ProcessSpawner
{
    private const int NotAProgram = 8; // ENOEXEC
    private readonly LifeLine _line = new();

    /// <summary>Starts a child as leader of a session and a group of its own.</summary>
    /// <returns>Its process id.</returns>
    /// <exception cref="Foundation.StepFailed">It cannot be started.</exception>
    public int Start(ChildStart start)
    {
        using SafeHandle? line = _line.Open();
        start = start with { LifeLine = line };
        int error = LibC.Spawn(start, out int process);
        // A script that does not say what is to read it: as execvp(3) does.
        if (error == NotAProgram)
            error = LibC.Spawn(start with { Program = "/bin/sh", Arguments = ["sh", start.Program, .. start.Arguments[1..]] }, out process);
        if (error != 0)
            throw BuildGraphErrors.CannotStart(
                start.Program,
                Marshal.GetPInvokeErrorMessage(error) + (start.Folder is null ? "" : $" (in {start.Folder})"));
        if (line is not null) LibC.GiveTo(line, process);
        return process;
    }
}
