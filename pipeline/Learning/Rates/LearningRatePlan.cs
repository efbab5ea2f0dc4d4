namespace TauPipeline.Learning;

/// <summary>How the learning rate changes over a training.</summary>
public sealed record LearningRatePlan
{
    /// <summary>The ways known.</summary>
    public static IReadOnlyList<string> Names { get; } = ["constant", "step", "exponential", "cosine", "plateau"];

    /// <summary>One of <see cref="Names"/>.</summary>
    public string Name { get; init; } = "constant";

    /// <summary>Epochs after which the rate falls; of <c>step</c>. DeepTau's <c>step_decay</c>.</summary>
    public int Every { get; init; } = 1;

    /// <summary>What it is multiplied by, each epoch for <c>exponential</c>.</summary>
    public double Factor { get; init; } = 0.5;

    /// <summary>Epochs without a better validation loss before the rate falls; of <c>plateau</c>.</summary>
    public int Patience { get; init; } = 2;

    /// <summary>What is left of the rate at the end; of <c>cosine</c>.</summary>
    public double Last { get; init; }

    /// <summary>Epochs, or a part of one, in which the rate rises from 0.</summary>
    public double WarmUp { get; init; }

    /// <summary>What the learning rate is multiplied by.</summary>
    /// <param name="at">Epochs done, with the part of the one under way.</param>
    /// <param name="epochs">Epochs in all.</param>
    /// <param name="history">Those that are done.</param>
    public double FactorAt(double at, int epochs, TrainingHistory history)
    {
        double warm = at < WarmUp ? at / WarmUp : 1;
        return warm * Name switch
        {
            "constant" => 1,
            "step" => Power(Factor, (int)(at / Every)),
            "exponential" => Power(Factor, (int)at) * Math.Pow(Factor, at - (int)at),
            "cosine" => Last + (1 - Last) * (1 + Math.Cos(Math.PI * Math.Min(1, at / epochs))) / 2,
            "plateau" => Power(Factor, history.Plateaus(Patience)),
            _ => throw LearningErrors.NoNetwork("schedule", Name, string.Join(", ", Names)),
        };
    }

    private static double Power(double factor, int times)
    {
        double power = 1;
        for (int i = 0; i < times; i++) power *= factor;
        return power;
    }
}
