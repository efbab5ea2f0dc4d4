using System.Globalization;

namespace TauPipeline.Learning;

/// <summary>Which rows of a batch made a loss or a gradient that is not finite, and by what.</summary>
/// <param name="Rows">How many rows have something that is not finite.</param>
/// <param name="All">How many rows there are.</param>
/// <param name="First">The first of them, where it is known.</param>
/// <param name="What">What it has that is not finite; empty if the network made it of finite numbers.</param>
internal sealed record NotFiniteRows(int Rows, int All, string? First, string What)
{
    /// <summary>Looks for what came in, first of all: batch normalisation lets one bad row spoil what comes out for all.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="outputs">What came out for them, as many numbers for each.</param>
    public static NotFiniteRows Of(TrainingBatch batch, ReadOnlySpan<float> outputs)
    {
        int width = outputs.Length / batch.Rows, first = -1, found = 0;
        string what = "";
        for (int row = 0; row < batch.Rows; row++)
            if (Incoming(batch, row) is { } one) Count(row, one);
        for (int row = 0; row < batch.Rows && what.Length == 0; row++)
            if (NotFinite(outputs.Slice(row * width, width)) is not null) Count(row, "");
        return new(found, batch.Rows, batch.Origin?.Invoke(Math.Max(first, 0)), what);

        void Count(int row, string one)
        {
            if (found++ == 0) (first, what) = (row, one);
        }
    }

    private static string? Incoming(TrainingBatch batch, int row)
    {
        if (!float.IsFinite(batch.Weights[row])) return $"weight {Text(batch.Weights[row])}";
        foreach (InputRows input in batch.Inputs)
        {
            (int from, int to) = input.Shape.IsRagged ? (input.Offsets[row], input.Offsets[row + 1]) : (row, row + 1);
            int features = input.Shape.Features;
            if (NotFinite(input.Values.AsSpan(from * features, (to - from) * features)) is { } bad)
                return $"{Text(bad.Value)} as number {bad.Place % features} of input '{input.Shape.Name}'";
        }
        return null;
    }

    private static (int Place, float Value)? NotFinite(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i])) return (i, values[i]);
        return null;
    }

    private static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);
}
