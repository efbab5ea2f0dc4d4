using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>The block <c>train: adaptation:</c>.</summary>
internal static class AdaptationSettings
{
    /// <summary>Reads the block, and what of it counts; no plan where the campaign has none.</summary>
    public static (AdaptationPlan? Plan, SettingsUsed Used) Read(ConfigBlock block)
    {
        if (!block.IsThere) return (null, SettingsUsed.None);
        var own = new AdaptationPlan();
        IReadOnlyList<double> factors = block.Numbers("factors", [own.ClassFactor, own.AdversaryFactor], "", 0, 1e6);
        if (factors.Count != 2)
        {
            block.Wrong("factors", "two: of the classes' gradient and of the adversary's", SettingsUsed.Canonical(factors));
            factors = [own.ClassFactor, own.AdversaryFactor];
        }
        var plan = new AdaptationPlan
        {
            ClassFactor = factors[0],
            AdversaryFactor = factors[1],
            LearningRate = block.Number("learning_rate", own.LearningRate, "", 1e-12, 10),
        };
        return (plan, block.Used());
    }
}
