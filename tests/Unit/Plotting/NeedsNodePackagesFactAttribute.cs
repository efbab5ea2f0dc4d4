using TauPipeline.Foundation;
using TauPipeline.Plotting;
using Xunit;

namespace TauPipeline.Tests.Unit.Plotting;

/// <summary>A fact that draws with node; skipped, and counted so, where node or its packages are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsNodePackagesFactAttribute : FactAttribute
{
    public NeedsNodePackagesFactAttribute()
    {
        try
        {
            NodeProgram.Find();
            NodeModules.Find();
        }
        catch (StepFailed missing) { Skip = missing.Text.ToString(); }
    }
}
