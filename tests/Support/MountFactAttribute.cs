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
        if (!Command.Run("mount", "-t", "tmpfs", "tmpfs", folder.Path).IsSuccess) return false;
        Command.Output("umount", folder.Path);
        return true;
    }
}
