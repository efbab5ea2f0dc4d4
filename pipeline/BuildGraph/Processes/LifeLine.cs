using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Ties the lives of our children to ours: a pipe that nobody writes to, whose writing end only we have. Each child inherits
/// a reading end of its own, which belongs to the child's group and announces by KILL what happens to it (fcntl(2):
/// <c>F_SETOWN</c>, <c>F_SETSIG</c>, <c>O_ASYNC</c>). The one thing that can happen is that the writing end closes, which the kernel
/// does however we end. The parent-death signal would need another program to run before each child, and reaches
/// only the child itself. Neither holds a child whose parent dies in the moment of starting it: <see cref="ParentWatch"/>
/// and <see cref="Recovery"/> do.
/// </summary>
internal sealed class LifeLine
{
    // Never closed on purpose: our end is its end.
    private readonly int _writing;

    public LifeLine()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        _writing = (int)pipe.SafePipeHandle.DangerousGetHandle();
        pipe.SafePipeHandle.SetHandleAsInvalid();
    }

    /// <summary>The end for a child that is to be started; <see langword="null"/> where the system has no such thing.</summary>
    public SafeFileHandle? Open()
    {
        var end = new SafeFileHandle(LibC.OpenUnlocked($"/proc/self/fd/{_writing}"), ownsHandle: true);
        if (!end.IsInvalid && LibC.Announce(end, LibC.Kill)) return end;
        end.Dispose();
        return null;
    }
}
