using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// What a scored candidate counts, the same for working points, metrics and figures: <c>definitions: weight:</c> is <c>none</c>
/// (each counts 1), <c>event</c> (the weight of its event), or an expression over candidates' columns. It may be negative.
/// </summary>
/// <param name="Value">The weight, or <see langword="null"/> where each candidate counts 1.</param>
public sealed record RowWeight(Expression? Value)
{
    /// <summary>Each candidate counts 1.</summary>
    public static RowWeight None { get; } = new((Expression?)null);

    /// <summary>The columns that it needs.</summary>
    public IEnumerable<string> Columns => Value?.Columns ?? [];

    /// <summary>Whether the generator weight of its event is in it.</summary>
    public bool HasEventWeight => Columns.Contains(CandidateColumns.Weight);

    /// <summary>The expressions that must fit the candidates.</summary>
    public IEnumerable<Expression> Expressions => Value is null ? [] : [Value];

    /// <summary>Its text, for fingerprints and files.</summary>
    public string Text => Value?.Text ?? "none";

    /// <summary>What enters fingerprints.</summary>
    public SettingsUsed Used => SettingsUsed.None.And("weight", Text);

    /// <summary>Reads a key of a block.</summary>
    public static RowWeight Read(ConfigBlock block, string key = "weight")
    {
        string text = block.Text(key, "none");
        if (text == "none") return None;
        string expression = text == "event" ? CandidateColumns.Weight : text;
        return new(block.Mistakes.Try<Expression?>(() => Expression.Parse(expression, block.At(key)), null));
    }

    /// <summary>The weight of each row.</summary>
    /// <exception cref="StepFailed">One is not finite.</exception>
    public double[] Of(Batch rows)
    {
        if (Value is null) return [.. Enumerable.Repeat(1.0, rows.Rows)];
        double[] weights = Value.Flat(rows);
        for (int row = 0; row < weights.Length; row++)
            if (!double.IsFinite(weights[row])) throw StageErrors.BadWeight(Value, weights[row]);
        return weights;
    }
}
