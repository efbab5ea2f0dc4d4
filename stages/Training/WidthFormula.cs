using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Expressions;

namespace TauPipeline.Stages;

/// <summary>A width of a layer: a number, or a formula in <c>n</c> (numbers that go in) and <c>drop</c> (the dropout).</summary>
public sealed record WidthFormula(Expression Value)
{
    private const string Inputs = "n", Dropout = "drop";

    /// <summary>Reads a key of a block.</summary>
    public static WidthFormula Read(ConfigBlock block, string key, string fallback)
    {
        string text = block.Text(key, fallback);
        Expression value = block.Mistakes.Try(() => Expression.Parse(text, block.At(key)), Expression.Parse(fallback, ""));
        if (value.Columns.Except([Inputs, Dropout]).FirstOrDefault() is { } other)
            block.Wrong(key, $"a number, or a formula in {Inputs} and {Dropout}", $"'{other}' in '{text}'");
        return new(value);
    }

    /// <summary>The width, rounded up to a whole number.</summary>
    public int For(int inputs, double dropout)
    {
        var row = new Batch([new Column<double>(Inputs, (double[])[inputs]), new Column<double>(Dropout, (double[])[dropout])]);
        return (int)Math.Ceiling(Math.Clamp(Value.Flat(row)[0], 0, int.MaxValue));
    }
}
