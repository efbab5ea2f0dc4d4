using System.Diagnostics;
using Xunit;

namespace TauPipeline.Tests.Support;

/// <summary>A test that mounts a small file system: root on Linux only; elsewhere skipped and counted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    /// <summary>Tries whether a file system may be mounted.</summary>
    public MountFactAttribute() => Skip = MayMount() ? null : "only who may mount a file system can fill one";

    private static bool MayMount()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return false;
        using var folder = new TempFolder();
        using Process mount = Process.Start(new ProcessStartInfo("mount", ["-t", "tmpfs", "tmpfs", folder.Path]) { RedirectStandardError = true })!;
        mount.WaitForExit();
        if (mount.ExitCode != 0) return false;
        using Process umount = Process.Start("umount", [folder.Path]);
        umount.WaitForExit();
        return true;
    }
}
