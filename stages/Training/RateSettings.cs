using TauPipeline.Configuration;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>The block <c>train: schedule:</c>.</summary>
internal static class RateSettings
{
    /// <summary>Reads the block.</summary>
    public static LearningRatePlan Read(ConfigBlock block) => new()
    {
        Name = block.Choice("name", LearningRatePlan.Names, "constant"),
        Every = (int)block.Whole("every", 1, 1, 100_000),
        Factor = block.Number("factor", 0.5, "", 1e-6, 1),
        Patience = (int)block.Whole("patience", 2, 1, 100_000),
        Last = block.Number("last", 0, "", 0, 1),
        WarmUp = block.Number("warm_up", 0, "", 0, 100_000),
    };
}
