using TauPipeline.Configuration;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>By which number of its best epoch a point of a sweep is chosen; of equals the first.</summary>
public enum SweepRule
{
    /// <summary>The lowest validation loss.</summary>
    ValidationLoss,
    /// <summary>The highest weighted share of validation rows whose most probable class is right.</summary>
    ValidationAccuracy,
}

/// <summary>What rules are called, and what they go by.</summary>
internal static class SweepRules
{
    private static readonly string[] Names = ["validation_loss", "validation_accuracy"];

    public static SweepRule Read(ConfigBlock block, string key) =>
        (SweepRule)Math.Max(0, Array.IndexOf(Names, block.Choice(key, Names, Names[0])));

    public static string Text(SweepRule rule) => Names[(int)rule];

    /// <summary>The number of an epoch that the rule goes by.</summary>
    public static double Of(SweepRule rule, EpochRecord best) =>
        rule == SweepRule.ValidationLoss ? best.ValidationLoss : best.Accuracy;

    /// <summary>
    /// Which of these numbers the rule takes, counted from 0, the first of equals; <see langword="null"/> is that of a point without a
    /// training, and taken only if there is no other.
    /// </summary>
    public static int Choose(SweepRule rule, IReadOnlyList<double?> values)
    {
        double sign = rule == SweepRule.ValidationLoss ? 1 : -1;
        return values.Index().MinBy(one => one.Item is { } value ? sign * value : double.PositiveInfinity).Index;
    }
}
