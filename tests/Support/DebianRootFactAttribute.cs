using Xunit;

namespace TauPipeline.Tests.Support;

/// <summary>A test of what root on Debian or Ubuntu may have installed; elsewhere skipped and counted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DebianRootFactAttribute : FactAttribute
{
    /// <summary>Looks who we are, and for apt.</summary>
    public DebianRootFactAttribute() => Skip =
        Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get") ? null : "only root on Debian or Ubuntu has packages installed";
}
