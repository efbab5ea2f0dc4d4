using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>What training does with a row whose weight is negative.</summary>
public enum NegativeWeights
{
    /// <summary>The step fails and names the weight.</summary>
    Refuse,
    /// <summary>It counts with the weight's absolute value.</summary>
    Absolute,
    /// <summary>It takes away, as it does in the sample.</summary>
    Keep,
}

/// <summary>The block <c>weights:</c>.</summary>
/// <param name="Equalise">Whether every type gets the spectrum of genuine taus; if not, all weights are 1.</param>
/// <param name="LargestSpread">Largest over smallest weight that is allowed.</param>
/// <param name="Outside">What becomes of rows outside the bins.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record WeightsSettings(bool Equalise, double LargestSpread, OutsideWeights Outside, SettingsUsed Used)
{
    private static readonly string[] Ways = ["refuse", "absolute", "keep"];

    /// <summary>What the bin's weight is multiplied by: <c>none</c>, <c>event</c>, or an expression over candidates' columns.</summary>
    public RowWeight Times { get; private init; } = RowWeight.None;

    /// <summary>What becomes of rows where that is negative.</summary>
    public NegativeWeights Negative { get; private init; }

    /// <summary>The columns that it needs.</summary>
    public IEnumerable<string> Columns => Times.Columns;

    /// <summary>The expressions that must fit the candidates.</summary>
    public IEnumerable<Expressions.Expression> Expressions => Times.Expressions;

    /// <summary>What training does with weights, for the report; nothing where rows have none of their own.</summary>
    public IReadOnlyList<string> Notes => Times.Value is null
        ? []
        : [$"Training weights are {(Equalise ? "those of the spectrum" : "1")} times {Times.Text}; where that is negative: {Ways[(int)Negative]}"];

    /// <summary>Reads the block.</summary>
    public static WeightsSettings Read(ConfigBlock block)
    {
        bool equalise = block.Choice("kind", ["tau_spectrum", "none"], "tau_spectrum") == "tau_spectrum";
        double spread = block.Number("largest_spread", 1e5, "", 1);
        OutsideWeights outside =
            block.Choice("outside", ["fail", "nearest"], "nearest") == "fail" ? OutsideWeights.Fail : OutsideWeights.Nearest;
        RowWeight times = RowWeight.Read(block, "times");
        var negative = (NegativeWeights)Math.Max(0, Array.IndexOf(Ways, block.Choice("negative_weights", Ways, Ways[0])));
        return new WeightsSettings(equalise, spread, outside, block.Used()) { Times = times, Negative = negative };
    }

    /// <summary>The weights of rows from those of their bins.</summary>
    /// <exception cref="StepFailed">One is not finite, or negative where that is refused.</exception>
    public Column<float> Weigh(Batch rows, Column<float> ofBins)
    {
        if (Times.Value is not { } times) return ofBins;
        double[] factors = Times.Of(rows), bins = ofBins.ToDoubles();
        for (int row = 0; row < factors.Length; row++)
            if (factors[row] < 0 && Negative != NegativeWeights.Keep)
                factors[row] = Negative == NegativeWeights.Absolute ? -factors[row] : throw StageErrors.NegativeWeight(times, factors[row]);
        return new Column<float>(ofBins.Spec.Name, factors.Select((factor, row) => (float)(factor * bins[row])).ToArray());
    }
}
